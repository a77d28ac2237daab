# One image for web, worker, sweeper and beat; the command says which.

# --- front-end packages ---
FROM node:22-bookworm-slim AS node
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=optional --omit=dev --no-audit --no-fund

# --- Python packages, static files, translations (the full image has what node's binary links to) ---
FROM python:3.11-bookworm AS build
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /app/node_modules node_modules
COPY . .
RUN python script/frontend.py node \
    && find . -path './node_modules' -prune -o -name django.po \
        -exec sh -c 'pybabel --quiet compile -i "$1" -o "${1%.po}.mo"' _ {} ';' \
    && DEBUG=0 INSECURE_HTTP=1 SECRET_KEY=for-this-step-only STATIC_ROOT=/app/staticfiles \
        python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf node_modules tests

# --- what runs ---
FROM python:3.11-slim-bookworm
# WeasyPrint opens these when it starts; script/setup checks for the same ones
RUN apt-get update && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 libfontconfig1 libglib2.0-0 \
        fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --user-group --home-dir /data closedloop \
    && install --directory --owner closedloop --group closedloop --mode 0750 /data /data/media
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/data MEDIA_ROOT=/data/media STATIC_ROOT=/app/staticfiles HOST=0.0.0.0
WORKDIR /app
USER closedloop
EXPOSE 8000
CMD ["gunicorn", "closedloop.wsgi", "--worker-class", "gthread", "--workers", "2", "--threads", "8", \
     "--bind", "0.0.0.0:8000", "--timeout", "30", "--graceful-timeout", "30", "--max-requests", "1000", \
     "--max-requests-jitter", "100", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
