package io.kuber.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of one's own: of containers in which something was installed, and of Dockerfiles. */
final class DockerOwnImagesTest {
  private static final String CLIENTS = "io.kuber.cli.docker.DockerBench#clients";

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource(CLIENTS)
  void containersWithSomethingInstalledBecomeImages(String client) throws IOException {
    try (DockerBench bench = DockerBench.open(directory, client)) {
      bench.busybox();
      String before = bench.says("docker images -q --no-trunc busybox");
      bench.says("docker network create shop");
      bench.says(
          "docker run -d --name packages --network shop busybox sh -c"
              + " 'mkdir /www; printf \"#!/bin/sh\\necho 8-4-4-4-12\" > /www/uuid;"
              + " exec httpd -f -h /www'");
      bench.says(
          "docker run --name installed --network shop busybox sh -c 'cd /usr/local/bin;"
              + " until wget -q http://packages/uuid; do :; done; chmod +x uuid;"
              + " echo me:x:7:7:::/bin/sh >> /etc/passwd'");
      assertThat(bench.says("docker diff installed"))
          .as("CN-03-23, CN-03-33")
          .contains("C /etc/passwd", "A /usr/local/bin/uuid");
      assertThat(bench.type("docker run --rm busybox uuid").code()).as("CN-03-25").isEqualTo(127);
      assertThat(bench.says("docker images -q --no-trunc busybox"))
          .as("CN-02-20")
          .isEqualTo(before);
      assertThat(bench.says("docker commit installed johnnyb61820/ubuntu-uuid"))
          .as("CN-03-30")
          .startsWith("sha256:");
      String uuid = "docker run --rm -e PATH=/bin:/usr/local/bin johnnyb61820/ubuntu-uuid uuid";
      assertThat(bench.says(uuid)).isEqualTo("8-4-4-4-12\n");
      bench.says("docker commit --change 'CMD [\"/usr/local/bin/uuid\"]' -a me -m why installed u");
      assertThat(bench.says("docker run --rm u")).as("CN-03-31").isEqualTo("8-4-4-4-12\n");
      assertThat(bench.says("docker image inspect -f '{{.Author}} {{.Comment}}' u"))
          .isEqualTo("me why\n");
      String layers = "docker image inspect -f '{{range .RootFS.Layers}}{{.}} {{end}}' ";
      String base = bench.says(layers + "busybox").strip();
      assertThat(bench.says(layers + "u").strip().split(" ", -1))
          .as("CN-03-32: one layer on top of those of the base")
          .startsWith(base.split(" ", -1))
          .hasSize(base.split(" ", -1).length + 1);
      assertThat(bench.says("docker history u")).contains("why");
    }
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  void whatWasRemovedIsStillInTheLayerBelow(String client) throws IOException {
    try (DockerBench bench = DockerBench.open(directory, client)) {
      bench.busybox();
      bench.file("secret", "word");
      bench.file(
          "Dockerfile",
          "FROM --platform=linux/%s busybox\nCOPY secret /secret\nRUN rm /secret\n"
              .formatted(System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64"));
      bench.says("docker build -t leak .");
      assertThat(bench.says("docker inspect -f '{{.Architecture}}' leak"))
          .as("CN-04-15")
          .matches("amd64\n|arm64\n");
      assertThat(bench.type("docker run --rm leak cat /secret").code()).isEqualTo(1);
      bench.says("mkdir saved; docker save leak | tar -x -C saved");
      assertThat(
              bench.says(
                  "for each in $(find saved -type f); do"
                      + " tar -tf $each 2>/dev/null || tar -tzf $each 2>/dev/null || true; done"))
          .as("K1-2-15")
          .containsPattern("(?m)^secret$")
          .containsPattern("(?m)^\\.wh\\.secret$");
      assertThat(bench.type("docker run --rm leak sh -c 'exit 7'").code())
          .as("CN-04-14")
          .isEqualTo(7);
      assertThat(bench.says("docker run --rm leak ls -l /bin/sh"))
          .as("CN-04-8")
          .endsWith("/bin/sh -> busybox\n");
      assertThat(bench.fails("docker build --platform linux/s390x ."))
          .contains("has no images for linux/s390x");
    }
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  void addUnpacksAndOnbuildWaits(String client) throws IOException {
    try (DockerBench bench = DockerBench.open(directory, client)) {
      bench.busybox();
      bench.file("site/index.html", "page");
      bench.file("site/run.sh", "#!/bin/sh\necho \"$GREETING $* in $PWD\"");
      bench.says("tar -czf site.tar.gz site; tar -cJf site.tar.xz site");
      bench.file(
          "Dockerfile",
          """
          FROM busybox
          ARG DIR=/srv
          WORKDIR $DIR
          ADD site.tar.gz .
          COPY --chown=nobody:nobody --from=busybox /etc/group groups
          SHELL ["/bin/sh", "-e", "-c"]
          RUN chmod +x site/run.sh \\
           && ls -l groups > listed
          ENV GREETING="good day"
          EXPOSE 80
          VOLUME /data
          ONBUILD RUN echo triggered > /triggered
          ENTRYPOINT ["./site/run.sh"]
          CMD ["world"]
          """);
      bench.says("docker build -t greeter --build-arg DIR=/opt .");
      assertThat(bench.says("docker run --rm greeter")).isEqualTo("good day world in /opt\n");
      assertThat(bench.says("docker run --rm greeter a b")).isEqualTo("good day a b in /opt\n");
      assertThat(bench.says("docker run --rm --entrypoint cat greeter listed"))
          .contains("nobody   nobody");
      bench.file("Dockerfile", "FROM greeter\nENTRYPOINT []\nCMD cat /triggered\n");
      assertThat(bench.says("docker build -t later ."))
          .contains("# Executing 1 build trigger", "Successfully tagged later:latest");
      assertThat(bench.says("docker run --rm later")).isEqualTo("triggered\n");
      bench.file("Dockerfile", "FROM busybox\nADD site.tar.xz /\n");
      assertThat(bench.fails("docker build ."))
          .contains("site.tar.xz: ADD unpacks tar alone and with gzip or zstd");
    }
  }
}
