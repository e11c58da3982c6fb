// A slip is printed as soon as it is there; the button prints it once more.
document.querySelector("[data-print]")?.addEventListener("click", () => print());
if (document.querySelector(".slip")) document.fonts.ready.then(() => print());
