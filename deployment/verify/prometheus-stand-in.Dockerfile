# A stand-in for Prometheus's image, where that cannot be had: Debian's Prometheus.
#   docker build -f deployment/verify/prometheus-stand-in.Dockerfile -t prom/prometheus:v3.5.0 deployment/verify
FROM eclipse-temurin:25-jre
USER 0
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends prometheus wget >/dev/null && rm -rf /var/lib/apt/lists/*
USER 65534:65534
ENTRYPOINT ["/usr/bin/prometheus"]
