# SMOODY's server: the browser libraries from npm, then a slim Python image that runs as an ordinary user.
FROM node:22-bookworm-slim AS libraries
WORKDIR /smoody
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund

FROM python:3.11-slim-bookworm
WORKDIR /smoody
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
COPY pyproject.toml constraints.txt README.md LICENSE server.py ./
COPY chatbot chatbot
COPY classifiers classifiers
COPY db db
COPY scripts scripts
RUN pip install --no-cache-dir -c constraints.txt -e . \
    && useradd --uid 10001 --create-home smoody \
    && install -d -o smoody /smoody/instance
COPY static static
COPY templates templates
COPY --from=libraries /smoody/node_modules node_modules
# smoody, by number: a host or cluster can check that it is not root
USER 10001
ENV SMOODY_HOST=0.0.0.0 SMOODY_PORT=5000
EXPOSE 5000
VOLUME /smoody/instance
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:5000/healthz', timeout=2)"]
CMD ["python", "server.py"]
