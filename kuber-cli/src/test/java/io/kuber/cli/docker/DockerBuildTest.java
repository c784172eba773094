package io.kuber.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Builds as the books have them, typed into a shell (numbers of the rows in the comments). */
final class DockerBuildTest {
  private static final String CLIENTS = "io.kuber.cli.docker.DockerBench#clients";

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource(CLIENTS)
  void buildsRunsAndBuildsAgainOutOfTheCache(String client) throws IOException {
    try (DockerBench bench = DockerBench.open(directory, client)) {
      bench.busybox();
      bench.file("package.json", "{}");
      bench.file("package-lock.json", "[]");
      bench.file("server/lib/start", "echo started in $(pwd) with $GREETING as $(id -un)");
      bench.file("node_modules/junk", "junk");
      bench.file(".dockerignore", "node_modules\n");
      bench.file(
          "Dockerfile",
          """
          # From the books, with a base of our own.
          FROM busybox
          MAINTAINER somebody@example.com
          WORKDIR /usr/src/app
          COPY package*.json ./
          RUN ls > installed && echo installing
          COPY . .
          ENV GREETING=hello
          USER nobody:nobody
          CMD [ "sh", "server/lib/start" ]
          """);
      String built = bench.says("docker build -t simple-node .");
      assertThat(built)
          .contains(
              "Sending build context to Docker daemon",
              "Step 1/9 : FROM busybox\n",
              "Step 5/9 : RUN ls > installed && echo installing\n",
              " ---> Running in ",
              "installing\n",
              "Removing intermediate container ",
              "Successfully built ",
              "Successfully tagged simple-node:latest\n")
          .doesNotContain("Using cache");
      assertThat(bench.says("docker run --rm simple-node"))
          .as("K2-2-7, -9, -10, -11")
          .isEqualTo("started in /usr/src/app with hello as nobody\n");
      assertThat(bench.says("docker run --rm simple-node cat installed"))
          .as("K2-2-8")
          .isEqualTo("installed\npackage-lock.json\npackage.json\n");
      assertThat(bench.says("docker run --rm simple-node ls"))
          .as("K2-2-12")
          .doesNotContain("node_modules");
      assertThat(bench.says("docker image inspect -f '{{.Author}}' simple-node"))
          .as("K1-2-9")
          .isEqualTo("somebody@example.com\n");
      String again = bench.says("docker build -t simple-node .");
      assertThat(again.split(" ---> Using cache\n", -1)).hasSize(9);
      bench.file("server/lib/start", "echo other");
      assertThat(bench.says("docker build -t simple-node .").split(" ---> Using cache\n", -1))
          .as("layers before the change stay")
          .hasSize(5);
      assertThat(bench.says("docker images --format '{{.Repository}}:{{.Tag}}'").lines())
          .as("K1-2-33, K2-2-27")
          .containsExactlyInAnyOrder("simple-node:latest", "<none>:<none>", "busybox:latest");
      assertThat(bench.says("docker build --no-cache -t simple-node ."))
          .doesNotContain("Using cache")
          .contains("installing\n");
    }
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  void stagesAndArgumentsMakeSmallImages(String client) throws IOException {
    try (DockerBench bench = DockerBench.open(directory, client)) {
      bench.busybox();
      bench.file(
          "Dockerfile.stages",
          """
          ARG BASE=busybox
          FROM ${BASE} AS build
          ARG VERSION=1
          RUN dd if=/dev/zero of=/large bs=1k count=2000 2>/dev/null; rm /large
          RUN echo "#!/bin/hello" > /hello; cp /bin/busybox /echo; echo $VERSION > /version
          FROM scratch
          COPY --from=build /echo /bin/echo
          COPY --from=build /version /
          ENTRYPOINT ["/bin/echo", "hello"]
          CMD ["world"]
          """);
      String built =
          bench.says("docker build -t small -f Dockerfile.stages --build-arg VERSION=7 .");
      assertThat(built).contains("Successfully tagged small:latest");
      assertThat(bench.says("docker run --rm small")).isEqualTo("hello world\n");
      assertThat(bench.says("docker run --rm small you")).as("CN-03-35").isEqualTo("hello you\n");
      assertThat(bench.says("docker run --rm --entrypoint /bin/echo small other"))
          .isEqualTo("other\n");
      assertThat(bench.type("docker run --rm --entrypoint sh small").code())
          .as("CN-02-6: no shell in it")
          .isEqualTo(127);
      bench.says("docker create --name seen small; docker cp seen:/version version");
      assertThat(bench.work().resolve("version")).hasContent("7");
      assertThat(bench.says("docker images --format '{{.Repository}}:{{.Tag}}'").lines())
          .as("CN-04-10: only the last is tagged")
          .containsExactlyInAnyOrder("small:latest", "busybox:latest");
      bench.says("docker build -q -t stage -f Dockerfile.stages --target build .");
      assertThat(bench.says("docker run --rm stage cat /version")).isEqualTo("1\n");
      assertThat(bench.says("docker history --no-trunc --format '{{.Size}} {{.CreatedBy}}' stage"))
          .as("CN-04-9: each RUN is a layer")
          .contains("/bin/sh -c dd if=/dev/zero", "/bin/sh -c echo")
          .doesNotContain("2.05MB");
      assertThat(bench.fails("docker build --target nowhere -f Dockerfile.stages ."))
          .contains("failed to reach build target nowhere in Dockerfile");
    }
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  void tellsWhatFails(String client) throws IOException {
    try (DockerBench bench = DockerBench.open(directory, client)) {
      bench.busybox();
      bench.file("Dockerfile", "FROM busybox\nRUN echo trying; exit 3\n");
      TestEngine.Said said = bench.type("docker build -t bad .");
      assertThat(said.code()).isEqualTo(3);
      assertThat(said.out())
          .contains(
              "trying\n",
              "The command '/bin/sh -c echo trying; exit 3' returned a non-zero code: 3");
      assertThat(bench.fails("docker run bad true")).contains("bad");
      bench.file("Dockerfile", "FROM busybox\nCOPY nothing /\n");
      assertThat(bench.fails("docker build .")).contains("COPY failed: file not found");
      bench.file("Dockerfile", "FROM busybox\nRAN true\n");
      assertThat(bench.fails("docker build .")).contains("unknown instruction: RAN");
      assertThat(bench.fails("docker build -f nowhere .")).contains("nowhere");
      assertThat(bench.says("printf 'FROM busybox\\nRUN echo piped\\n' | docker build -t piped -"))
          .contains("piped\n", "Successfully tagged piped:latest");
      bench.file("Piped", "FROM busybox\nRUN echo redirected\n");
      assertThat(bench.says("docker build - < Piped")).contains("redirected\n");
    }
  }
}
