"""The ways out of the house: one module each, all behind `channels.base.Channel`."""
