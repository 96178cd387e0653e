# A stand-in for Flink's image, where that cannot be had: the Flink that Analytics has in its image, started as Flink's scripts do.
#   docker build -f deployment/verify/flink-stand-in.Dockerfile -t flink:2.3.0-java17 deployment/verify
FROM riacho/analytics:latest
USER 0
RUN mkdir -p /opt/flink/bin /opt/flink/lib \
    && for jar in /opt/riacho/lib/*.jar; do case "$jar" in *SNAPSHOT*) ;; *) ln -s "$jar" /opt/flink/lib/ ;; esac; done \
    && rm -rf /opt/riacho/flink /opt/riacho/app.jar
COPY flink-stand-in /opt/flink/bin/start
RUN ln -s start /opt/flink/bin/jobmanager.sh && ln -s start /opt/flink/bin/taskmanager.sh
USER 10001:10001
