# As Dockerfile, for who has Docker and nothing else: the jars are made in the first stage, once for all services. Maven and its
# packages come from Maven Central, the console's from npm, and Node.js, where the JDK's image has none, from nodejs.org.
ARG JDK=eclipse-temurin:25-jdk
ARG JRE=eclipse-temurin:25-jre

FROM ${JDK} AS jars
WORKDIR /source
COPY . .
RUN ./mvnw -B -ntp -q -pl auth-service,streams-service,firehose-service,analytics-service,s3-store -am package \
    -Dmaven.test.skip=true -Dspotless.check.skip=true

FROM jars AS extracted
ARG MODULE
WORKDIR /build
RUN java -Djarmode=tools -jar /source/${MODULE}/target/${MODULE}-exec.jar extract --layers --destination layers \
    && mkdir -p layers/dependencies layers/snapshot-dependencies layers/application \
    && mv layers/application/${MODULE}-exec.jar layers/application/app.jar

FROM ${JRE} AS service
RUN mkdir -p /var/lib/riacho /opt/riacho && chmod 1777 /var/lib/riacho
WORKDIR /opt/riacho
COPY --from=extracted /build/layers/dependencies/ ./
COPY --from=extracted /build/layers/snapshot-dependencies/ ./
COPY --from=extracted /build/layers/application/ ./
ENV RIACHO_DATA=/var/lib/riacho \
    SERVER_ADDRESS=0.0.0.0 \
    RIACHO_S3_ADDRESS=0.0.0.0 \
    JDK_JAVA_OPTIONS="--enable-native-access=ALL-UNNAMED -XX:+UseParallelGC -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"
VOLUME /var/lib/riacho
USER 10001:10001
ENTRYPOINT ["java", "-jar", "app.jar"]

FROM service AS analytics
COPY --from=jars /source/analytics-flink/target/*-flink.jar /opt/riacho/flink/analytics-flink.jar
USER 0
RUN mkdir -p /var/lib/riacho-flink && chmod 1777 /var/lib/riacho-flink
USER 10001:10001
