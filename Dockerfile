# One image: `serve` (all in one), `web`, `live`, `tick` and `migrate` are its commands.
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN python -m venv /app/venv \
    && /app/venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: --no-deps \
       -r requirements/base.txt
COPY src src
COPY locale locale
# The project itself is a folder on the path (scripts/setup.py says why), its catalogue compiled.
RUN echo /app/src > "$(/app/venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/alongside.pth" \
    && /app/venv/bin/python -m alongside.site.translations locale/*/LC_MESSAGES/django.po \
    && /app/venv/bin/python -m compileall -q src

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --user-group --home-dir /data --shell /usr/sbin/nologin alongside \
    && install --directory --owner alongside --group alongside --mode 0700 /data
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ALONGSIDE_DATA=/data
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["python", "-m", "alongside.site.cli"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
