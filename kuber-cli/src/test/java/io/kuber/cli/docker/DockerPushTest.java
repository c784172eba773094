package io.kuber.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images on their way to a registry of one's own, and back. */
final class DockerPushTest {
  private static final String BENCH = "io.kuber.cli.docker.DockerBench";

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource(BENCH + "#clients")
  void pushedImagesArePulledAgain(String client) throws Exception {
    try (DockerBench bench = DockerBench.open(directory, client);
        TestRegistry registry = TestRegistry.open(bench.machine(), directory)) {
      bench.busybox();
      String box = registry.address() + "/team/box";
      String id = bench.says("docker images -q --no-trunc busybox");
      bench.says("docker tag busybox " + box + ":1; docker tag busybox " + box + ":blue");
      assertThat(bench.says("docker push " + box + ":1"))
          .as("K1-2-23, K2-2-19")
          .contains("The push refers to repository [" + box + "]", ": Pushed")
          .containsPattern("(?m)^1: digest: sha256:[0-9a-f]{64} size: [0-9]+$");
      assertThat(bench.says("docker push " + box + ":blue"))
          .as("K2-2-2")
          .contains("Layer already exists");
      assertThat(bench.says("docker images --digests " + box)).contains("sha256:");
      bench.file("Dockerfile", "FROM " + box + ":1\nRUN echo more > /more\n");
      bench.says("docker build -q -t " + box + ":2 .");
      assertThat(bench.says("docker push -a " + box)).contains("2: digest:", "blue: digest:");
      bench.says("docker rmi -f $(docker images -aq)");
      assertThat(bench.says("docker images -aq")).isEmpty();
      TestEngine.Said run = bench.type("docker run --rm " + box + ":1 echo hello");
      assertThat(run.out())
          .as("CN-03-6")
          .contains(
              "Unable to find image '" + box + ":1' locally",
              "Pull complete",
              "Status: Downloaded newer image for " + box + ":1",
              "hello\n");
      assertThat(bench.says("docker run --rm " + box + ":1 echo hello"))
          .as("CN-03-7")
          .isEqualTo("hello\n");
      assertThat(bench.says("docker images -q --no-trunc " + box)).isEqualTo(id);
      assertThat(bench.says("docker pull " + box + ":2"))
          .as("CN-02-17")
          .contains("Already exists", "Pull complete", "Digest: sha256:");
      assertThat(bench.says("docker pull " + box + ":2"))
          .contains("Image is up to date for " + box);
      String digest =
          bench.says("docker image inspect -f '{{index .RepoDigests 0}}' " + box + ":1").strip();
      bench.says("docker pull " + box + ":blue; docker tag " + box + ":2 " + box + ":blue");
      bench.says("docker push " + box + ":blue; docker rmi " + box + ":blue " + box + ":1");
      bench.says("docker pull " + box + ":blue");
      assertThat(bench.says("docker run --rm " + box + ":blue cat /more"))
          .as("CN-03-3: a tag that has moved")
          .isEqualTo("more\n");
      assertThat(bench.says("docker pull " + digest)).as("CN-03-4").contains("Digest: sha256:");
      assertThat(bench.says("docker run --rm " + digest + " echo exact")).isEqualTo("exact\n");
      assertThat(bench.fails("docker pull " + box + ":nowhere")).contains("not found");
      assertThat(bench.fails("docker push " + registry.address() + "/nothing"))
          .contains("An image does not exist locally with the tag");
    }
  }

  @ParameterizedTest
  @MethodSource(BENCH + "#clients")
  void asksForTheNameAndThePassword(String client) throws Exception {
    try (DockerBench bench = DockerBench.open(directory, client);
        TestRegistry registry = TestRegistry.withPassword(bench.machine(), directory)) {
      bench.busybox();
      String box = registry.address() + "/team/box";
      bench.says("docker tag busybox " + box);
      assertThat(bench.fails("docker push " + box))
          .as("CN-03-37")
          .containsAnyOf("no basic auth credentials", "unauthorized", "authentication required");
      assertThat(
              bench.fails(
                  "echo wrong | docker login -u reader --password-stdin " + registry.address()))
          .contains("unauthorized");
      assertThat(
              bench.says(
                  "echo secret | docker login -u reader --password-stdin " + registry.address()))
          .as("K1-2-21")
          .contains("Login Succeeded");
      assertThat(Files.readString(directory.resolve("config/config.json")))
          .contains(registry.address());
      assertThat(bench.says("docker push " + box)).contains("latest: digest: sha256:");
      bench.says("docker rmi " + box);
      assertThat(bench.says("docker pull " + box)).contains("Downloaded newer image for " + box);
      bench.file("Dockerfile", "FROM " + box + "\nRUN true\n");
      bench.says("docker rmi " + box);
      assertThat(bench.says("docker build --pull .")).contains("Successfully built");
      assertThat(bench.says("docker logout " + registry.address()))
          .contains("Removing login credentials for " + registry.address());
      assertThat(bench.fails("docker push " + box))
          .containsAnyOf("no basic auth credentials", "unauthorized", "authentication required");
      assertThat(bench.fails("docker pull " + box))
          .containsAnyOf("no basic auth credentials", "unauthorized", "authentication required");
    }
  }

  @ParameterizedTest
  @MethodSource(BENCH + "#dockers")
  void saysThatItCannotSearch(String client) throws IOException {
    try (DockerBench bench = DockerBench.open(directory, client)) {
      assertThat(bench.fails("docker search nginx")).contains("searching is not supported");
    }
  }
}
