# A stand-in for OpenSearch's image, where that cannot be had: OpenSearch as Maven Central has it, in one process of Java.
#   ./mvnw -q -pl test-opensearch dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/search
#   tar -C test-opensearch/target/search -c . -C "$PWD/deployment/verify" opensearch-stand-in.Dockerfile SearchNode.java \
#     | docker build -f opensearch-stand-in.Dockerfile -t opensearchproject/opensearch:3.1.0 -
FROM eclipse-temurin:25-jre
USER 0
RUN useradd -u 1000 opensearch && mkdir -p /usr/share/opensearch/data && chown -R 1000:1000 /usr/share/opensearch
COPY *.jar /usr/share/opensearch/lib/
COPY SearchNode.java /usr/share/opensearch/
WORKDIR /usr/share/opensearch
USER 1000:1000
ENTRYPOINT ["sh", "-c", "exec java $OPENSEARCH_JAVA_OPTS -cp '/usr/share/opensearch/lib/*' SearchNode.java /usr/share/opensearch/data"]
