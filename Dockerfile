# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /app
WORKDIR /src
COPY requirements.lock ./
RUN /app/bin/pip install --require-hashes --requirement requirements.lock
COPY . .
RUN /app/bin/pip install --no-deps .

FROM python:3.13-slim
# What pictures take beside our own font: emoji, Korean and rare Chinese, Arabic, Hebrew and more;
# and what notes in git repositories take.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-dejavu-core fonts-noto-color-emoji fonts-wqy-microhei \
        git openssh-client \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin studybot \
    && install -d -o studybot -g studybot /data /notes /config
COPY --from=build /app /app
# The root may be mounted read-only: only /data (and /tmp) is written to.
ENV PATH=/app/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp STUDYBOT_DATA=/data
USER studybot
# studybot.yaml may be mounted here.
WORKDIR /config
VOLUME ["/data"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["studybot", "health"]
ENTRYPOINT ["studybot"]
CMD ["run"]
