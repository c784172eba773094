package io.kuber.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists of images, their names, what they are made of, and how they go away. */
final class DockerImagesTest {
  private static final String CLIENTS = "io.kuber.cli.docker.DockerBench#clients";

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource(CLIENTS)
  void imagesAreListedByEachOfTheirNames(String client) throws IOException {
    try (DockerBench bench = DockerBench.open(directory, client)) {
      bench.busybox();
      bench.says("docker tag busybox registry.example.com/team/box:blue");
      List<String> lines = bench.says("docker images").lines().toList();
      assertThat(lines).hasSize(3);
      assertThat(lines.get(0))
          .as("CN-03-8")
          .matches("REPOSITORY +TAG +IMAGE ID +CREATED +SIZE( *)");
      assertThat(lines.subList(1, 3))
          .anyMatch(line -> line.matches("busybox +latest +[0-9a-f]{12} +.* ago +[0-9.]+MB"))
          .anyMatch(line -> line.matches("registry.example.com/team/box +blue +[0-9a-f]{12} .*"));
      assertThat(bench.says("docker image ls -q").lines().distinct())
          .as("K1-2-22, K2-2-18: two names of one image")
          .hasSize(1);
      String id = bench.says("docker images -q --no-trunc busybox").strip();
      assertThat(id).matches("sha256:[0-9a-f]{64}");
      assertThat(bench.says("docker image inspect -f '{{.Id}}' docker.io/library/busybox:latest"))
          .as("CN-03-1")
          .isEqualTo(id + "\n");
      assertThat(bench.says("docker images --digests")).contains("DIGEST");
      assertThat(bench.says("docker images -a -q --filter reference='reg*/team/*'")).hasSize(13);
      assertThat(bench.says("docker images -q -f dangling=true")).isEmpty();
      assertThat(bench.says("docker images --format '{{.Repository}} {{.ID}}' busybox:latest"))
          .isEqualTo("busybox " + id.substring(7, 19) + "\n");
      assertThat(bench.says("docker images nothing").lines()).hasSize(1);
      assertThat(bench.fails("docker tag nothing other")).contains("No such image: nothing");
    }
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  void imagesGoByNameOrByTheBeginningOfTheirId(String client) throws IOException {
    try (DockerBench bench = DockerBench.open(directory, client)) {
      bench.busybox();
      bench.says("docker tag busybox box:1");
      assertThat(bench.says("docker rmi box:1")).as("K1-2-31").isEqualTo("Untagged: box:1\n");
      bench.says("docker run --name user busybox true");
      assertThat(bench.fails("docker rmi busybox"))
          .contains("conflict: unable to remove repository reference", "is using its referenced");
      bench.says("docker rm user");
      bench.file("Dockerfile", "FROM busybox\nLABEL a=b\n");
      bench.says("docker build -q -t labelled .");
      String id = bench.says("docker images -q labelled").strip();
      assertThat(bench.says("docker images -q -f label=a=b")).isEqualTo(id + "\n");
      assertThat(bench.says("docker rmi " + id.substring(0, 6)))
          .as("K1-2-32, K2-2-26")
          .contains("Untagged: labelled:latest", "Deleted: sha256:" + id);
      assertThat(bench.says("docker images -q labelled")).isEmpty();
      assertThat(bench.fails("docker rmi " + id)).contains("No such image: " + id);
      assertThat(bench.says("docker rmi busybox")).contains("Untagged: busybox:latest", "Deleted:");
      assertThat(bench.says("docker images -aq")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  void historyAndSizesTellWhatImagesAndContainersAreMadeOf(String client) throws IOException {
    try (DockerBench bench = DockerBench.open(directory, client)) {
      bench.busybox();
      bench.file("Dockerfile", "FROM busybox\nRUN head -c 3000000 /dev/urandom > /large\nCMD ls\n");
      bench.says("docker build -q -t large .");
      assertThat(bench.says("docker history large"))
          .contains("IMAGE", "CREATED BY", "COMMENT", "3MB", "CMD [\"/bin/sh\" \"-c\" \"ls\"]");
      assertThat(bench.says("docker history -q busybox").lines()).hasSize(5);
      assertThat(
              bench.says(
                  "docker image inspect -f '{{.Os}} {{len .RootFS.Layers}} {{.Config.Cmd}}' large"))
          .isEqualTo("linux 5 [/bin/sh -c ls]\n");
      bench.says("docker run --name idle busybox true");
      bench.says("docker run --name full busybox sh -c 'head -c 2000000 /dev/urandom > /file'");
      String sizes = bench.says("docker container ls -as --format '{{.Names}} {{.Size}}'");
      assertThat(sizes)
          .as("CN-03-15")
          .containsPattern("(?m)^idle ([0-9.]+kB|0B) \\(virtual [0-9.]+MB\\)$")
          .containsPattern("(?m)^full 2(\\.[0-9]+)?MB \\(virtual [0-9.]+MB\\)$");
      assertThat(bench.says("docker ps -as").lines().findFirst()).get().asString().endsWith("SIZE");
      bench.says("docker run --name again -v data:/data busybox sh -c 'echo x > /data/x'");
      String used = bench.says("docker system df");
      assertThat(used)
          .containsPattern("TYPE +TOTAL +ACTIVE +SIZE +RECLAIMABLE")
          .containsPattern("Images +2 +1 +[0-9.]+MB")
          .containsPattern("Containers +3 +0 +2[0-9.]*MB +2[0-9.]*MB \\(100%\\)")
          .containsPattern("Local Volumes +1 +1 +[0-9.]+kB")
          .containsPattern("Build Cache +0 +0 +0B");
      if (!client.equals("kuber")) {
        assertThat(bench.says("docker system df -v"))
            .containsPattern(
                "large +latest +[0-9a-f]{12} .* ago +[0-9.]+MB +[0-9.]+MB +3[0-9.]*MB +0")
            .contains("Containers space usage:", "full", "Local Volumes space usage:", "data");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  void pruningRemovesWhatNobodyUses(String client) throws IOException {
    try (DockerBench bench = DockerBench.open(directory, client)) {
      bench.busybox();
      bench.file("Dockerfile", "FROM busybox\nRUN echo one > /one\n");
      bench.says("docker build -q -t mine .");
      bench.file("Dockerfile", "FROM busybox\nRUN echo two > /two\n");
      bench.says("docker build -q -t mine .");
      bench.says("docker run --name done busybox head -c 2000000 /dev/zero > /dev/null");
      bench.says("docker run -d --name busy busybox sleep 1000");
      assertThat(bench.says("docker images -q -f dangling=true").lines()).hasSize(1);
      assertThat(bench.says("echo n | docker system prune")).contains("Are you sure you want");
      assertThat(bench.says("docker ps -aq").lines()).hasSize(2);
      String gone = bench.says("echo y | docker system prune");
      assertThat(gone)
          .as("CN-03-16, K2-2-28")
          .contains("Deleted Containers:", "Deleted Images:", "deleted: sha256:")
          .containsPattern("Total reclaimed space: [0-9.]+k?B");
      assertThat(bench.says("docker images -q -f dangling=true")).isEmpty();
      assertThat(bench.says("docker images --format '{{.Repository}}'").lines())
          .containsExactlyInAnyOrder("mine", "busybox");
      assertThat(bench.says("docker image prune -f -a")).contains("untagged: mine:latest");
      assertThat(bench.says("docker images --format '{{.Repository}}'")).isEqualTo("busybox\n");
      assertThat(bench.says("docker system prune -a -f")).contains("Total reclaimed space: 0B");
      bench.says("docker rm -f busy");
      assertThat(bench.says("docker system prune -a -f")).contains("untagged: busybox:latest");
      assertThat(bench.says("docker images -aq")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(CLIENTS)
  void imagesGoThroughFiles(String client) throws IOException {
    try (DockerBench bench = DockerBench.open(directory, client)) {
      bench.busybox();
      String id = bench.says("docker images -q --no-trunc busybox");
      bench.says("docker save -o saved.tar busybox; docker save busybox > piped.tar");
      bench.says("docker rmi busybox");
      assertThat(bench.says("docker load -i saved.tar")).contains("Loaded image: busybox:latest");
      assertThat(bench.says("docker images -q --no-trunc busybox")).as("CN-02-11").isEqualTo(id);
      assertThat(bench.says("docker load < piped.tar")).contains("Loaded image: busybox:latest");
      bench.says("docker run --name made busybox sh -c 'echo made > /made'");
      bench.says("docker export made > files.tar");
      assertThat(bench.says("docker import -c 'CMD [\"cat\", \"/made\"]' files.tar flat:1"))
          .startsWith("sha256:");
      assertThat(bench.says("docker run --rm flat:1")).isEqualTo("made\n");
      assertThat(bench.says("docker image inspect -f '{{len .RootFS.Layers}}' flat:1"))
          .isEqualTo("1\n");
      assertThat(bench.says("gzip -c files.tar | docker import - flat:2")).startsWith("sha256:");
      assertThat(bench.says("docker run --rm flat:2 cat /made")).isEqualTo("made\n");
      assertThat(bench.fails("docker import -c 'RUN x' files.tar")).contains("not a valid change");
    }
  }
}
