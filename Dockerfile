# Two stages: the first installs, the second carries what runs and nothing else.
FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY knowledge knowledge
RUN /venv/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data bis
COPY --from=build /venv /venv
COPY --chown=root:root knowledge /knowledge
ENV DATA_DIR=/data KNOWLEDGE_DIR=/knowledge PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
USER bis
WORKDIR /data
VOLUME /data
# Exec form: Python is process 1 and gets SIGTERM itself.
CMD ["python", "-m", "bot", "run"]
