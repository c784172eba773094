package io.kuber.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.cli.docker.RecordedEngine.Ended;
import io.kuber.http.Duplex;
import io.kuber.http.Headers;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.node.image.layer.LayerLimits;
import io.kuber.node.image.layer.TarEntry;
import io.kuber.node.image.layer.TarReader;
import io.kuber.node.image.layer.TarWriter;
import io.kuber.object.Tree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands ask an engine for, and what they make of its answers. */
final class DockerCommandsTest {
  private static final String ID = "4f6a".repeat(16);
  private static final String CREATED = "{\"Id\":\"" + ID + "\",\"Warnings\":[]}";
  private static final String CREATE = "POST /containers/create";
  private static final String NO_IMAGE = "{\"message\":\"No such image: busybox:latest\"}";

  @TempDir private Path directory;
  private RecordedEngine engine;

  @BeforeEach
  void start() throws IOException {
    engine = new RecordedEngine(directory);
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  /** An engine on which a container can be made that says something and ends with a code. */
  private void runs(int code) {
    engine
        .on(CREATE, 201, CREATED)
        .on("POST /containers/" + ID + "/attach", RecordedEngine.says("out\n", "err\n"))
        .on("POST /containers/" + ID + "/wait", 200, "{\"StatusCode\":" + code + "}")
        .on("POST /containers/" + ID + "/start", call -> call.respond(Response.empty(204)));
  }

  private Tree created() {
    return Json.parse(engine.body(CREATE));
  }

  @Test
  void runShowsBothStreamsAndEndsAsTheContainerDoes() {
    runs(7);
    assertThat(engine.run("run", "busybox", "sh", "-c", "exit 7"))
        .isEqualTo(new Ended(7, "out\n", "err\n"));
    assertThat(created().items("Cmd").texts()).containsExactly("sh", "-c", "exit 7");
    assertThat(engine.asked())
        .containsSubsequence(
            CREATE,
            "POST /containers/" + ID + "/attach?stream=1&stdout=1&stderr=1",
            "POST /containers/" + ID + "/wait?condition=next-exit",
            "POST /containers/" + ID + "/start");
  }

  @Test
  void flagsBehindTheImageBelongToTheContainer() {
    runs(0);
    assertThat(
            engine
                .run("run", "--rm=true", "-e", "A=b", "busybox", "ls", "--rm=true", "--", "-l")
                .code())
        .isZero();
    assertThat(created().items("Cmd").texts()).containsExactly("ls", "--rm=true", "--", "-l");
    assertThat(created().isTrue("HostConfig", "AutoRemove")).isTrue();
    assertThat(engine.asked()).contains("POST /containers/" + ID + "/wait?condition=removed");
  }

  @Test
  void runFetchesAnImageThatIsMissing() {
    runs(0);
    engine = replaced();
    engine
        .on(CREATE, 404, NO_IMAGE)
        .on(CREATE, 201, CREATED)
        .on(
            "POST /images/create",
            200,
            String.join(
                "\r\n",
                "{\"status\":\"Pulling from library/busybox\",\"id\":\"latest\"}",
                "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":5,\"total\":10},\"id\":\"a\"}",
                "{\"status\":\"Pull complete\",\"progressDetail\":{},\"id\":\"a\"}",
                "{\"status\":\"Status: Downloaded newer image for busybox:latest\"}",
                ""))
        .on("POST /containers/" + ID + "/start", call -> call.respond(Response.empty(204)));
    assertThat(engine.run("run", "-d", "busybox"))
        .isEqualTo(
            new Ended(
                0,
                ID + "\n",
                """
                Unable to find image 'busybox:latest' locally
                latest: Pulling from library/busybox
                a: Pull complete
                Status: Downloaded newer image for busybox:latest
                """));
    assertThat(engine.asked()).contains("POST /images/create?fromImage=busybox&tag=latest");
  }

  private RecordedEngine replaced() {
    try {
      engine.close();
      return new RecordedEngine(directory);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatCannotBeRunHasCodesOfItsOwn() {
    engine
        .on(CREATE, 201, CREATED)
        .on(
            "POST /containers/" + ID + "/start",
            400,
            "{\"message\":\"exec: \\\"nope\\\": executable file not found in $PATH\"}")
        .on(
            "POST /containers/" + ID + "/start",
            400,
            "{\"message\":\"exec: \\\"/etc\\\": permission denied\"}")
        .on("POST /containers/" + ID + "/start", 500, "{\"message\":\"port is taken\"}");
    assertThat(engine.run("run", "-d", "busybox", "nope").code()).isEqualTo(127);
    assertThat(engine.run("run", "-d", "busybox", "/etc").code()).isEqualTo(126);
    Ended taken = engine.run("run", "-d", "busybox");
    assertThat(taken.code()).isEqualTo(125);
    assertThat(taken.err()).startsWith("docker: Error response from daemon: port is taken\n");
    assertThat(engine.run("run", "--restart", "often", "busybox").code()).isEqualTo(125);
    assertThat(engine.run("run", "--no-such-flag", "busybox").code()).isEqualTo(125);
  }

  @Test
  void flagsOfRunBecomeFieldsOfTheApi() {
    engine.on(CREATE, 201, CREATED);
    Ended ended =
        engine.run(
            "create",
            "-it",
            "--name",
            "web",
            "-p",
            "127.0.0.1:8080:80",
            "-v",
            "data:/data:ro",
            "--mount",
            "type=tmpfs,dst=/run,tmpfs-size=1m",
            "-m",
            "200m",
            "--memory-swap",
            "1G",
            "--cpus",
            "1.5",
            "-c",
            "512",
            "--restart",
            "on-failure:3",
            "--cap-drop",
            "ALL",
            "-h",
            "box",
            "--entrypoint",
            "/bin/sh",
            "--add-host",
            "db:10.0.0.5",
            "--network",
            "mine",
            "--network-alias",
            "w",
            "--health-cmd",
            "true",
            "--health-interval",
            "1m30s",
            "-w",
            "/x",
            "-u",
            "1000:1000",
            "--ulimit",
            "nofile=10:20",
            "nginx",
            "-c",
            "id");
    assertThat(ended).isEqualTo(new Ended(0, ID + "\n", ""));
    assertThat(engine.asked()).containsExactly(CREATE + "?name=web");
    Tree body = created();
    Tree host = body.tree("HostConfig");
    assertThat(body.isTrue("Tty")).isTrue();
    assertThat(body.isTrue("OpenStdin")).isTrue();
    assertThat(body.text("Hostname")).isEqualTo("box");
    assertThat(body.text("User")).isEqualTo("1000:1000");
    assertThat(body.text("WorkingDir")).isEqualTo("/x");
    assertThat(body.items("Entrypoint").texts()).containsExactly("/bin/sh");
    assertThat(body.tree("Healthcheck").items("Test").texts()).containsExactly("CMD-SHELL", "true");
    assertThat(body.number(0, "Healthcheck", "Interval")).isEqualTo(90_000_000_000L);
    assertThat(body.tree("NetworkingConfig", "EndpointsConfig", "mine").items("Aliases").texts())
        .containsExactly("w");
    assertThat(host.items("PortBindings", "80/tcp").tree(0))
        .isEqualTo(Tree.of("HostIp", "127.0.0.1", "HostPort", "8080"));
    assertThat(host.items("Binds").texts()).containsExactly("data:/data:ro");
    assertThat(host.items("Mounts").tree(0).number(0, "TmpfsOptions", "SizeBytes"))
        .isEqualTo(1 << 20);
    assertThat(host.number(0, "Memory")).isEqualTo(200L << 20);
    assertThat(host.number(0, "MemorySwap")).isEqualTo(1L << 30);
    assertThat(host.number(0, "NanoCpus")).isEqualTo(1_500_000_000L);
    assertThat(host.number(0, "CpuShares")).isEqualTo(512);
    assertThat(host.tree("RestartPolicy"))
        .isEqualTo(Tree.of("Name", "on-failure", "MaximumRetryCount", 3L));
    assertThat(host.items("CapDrop").texts()).containsExactly("ALL");
    assertThat(host.items("ExtraHosts").texts()).containsExactly("db:10.0.0.5");
    assertThat(host.items("Ulimits").tree(0))
        .isEqualTo(Tree.of("Name", "nofile", "Soft", 10L, "Hard", 20L));
    assertThat(host.text("NetworkMode")).isEqualTo("mine");
  }

  @Test
  void psHasDockersColumns() {
    long twoHoursAgo = Instant.now().minusSeconds(7200).getEpochSecond();
    engine.on(
        "GET /containers/json",
        200,
        "[{\"Id\":\""
            + ID
            + "\",\"Names\":[\"/web\"],\"Image\":\"nginx\",\"Command\":"
            + "\"/docker-entrypoint.sh nginx\",\"Created\":"
            + twoHoursAgo
            + ",\"Status\":\"Up 2 hours\",\"Ports\":[{\"IP\":\"0.0.0.0\",\"PrivatePort\":8070,"
            + "\"PublicPort\":8080,\"Type\":\"tcp\"}],\"SizeRw\":1095,\"SizeRootFs\":5600000}]");
    assertThat(engine.run("ps").out())
        .isEqualTo(
            """
            CONTAINER ID   IMAGE     COMMAND                  CREATED       STATUS       PORTS                    NAMES
            4f6a4f6a4f6a   nginx     "/docker-entrypoint.…"   2 hours ago   Up 2 hours   0.0.0.0:8080->8070/tcp   web
            """);
    assertThat(engine.run("container", "ls", "-aq", "--no-trunc").out()).isEqualTo(ID + "\n");
    assertThat(engine.run("ps", "--format", "{{.Names}}: {{.Size}}").out())
        .isEqualTo("web: 1.09kB (virtual 5.6MB)\n");
    assertThat(engine.run("ps", "--format", "table {{.Names}}\\t{{.Ports}}").out())
        .isEqualTo("NAMES     PORTS\nweb       0.0.0.0:8080->8070/tcp\n");
    assertThat(engine.run("ps", "--format", "json").out()).startsWith("{\"Command\":");
    assertThat(engine.asked())
        .contains("GET /containers/json?all=1", "GET /containers/json?size=1");
    engine.run("ps", "-f", "status=exited", "-f", "name=web");
    assertThat(engine.asked().get(engine.asked().size() - 1))
        .isEqualTo(
            "GET /containers/json?filters=%7B%22status%22%3A%7B%22exited%22%3Atrue%7D%2C%22name%22"
                + "%3A%7B%22web%22%3Atrue%7D%7D");
  }

  @Test
  void imagesHaveARowForEachName() {
    long threeDaysAgo = Instant.now().minusSeconds(3 * 86_400).getEpochSecond();
    engine.on(
        "GET /images/json",
        200,
        "[{\"Id\":\"sha256:"
            + ID
            + "\",\"RepoTags\":[\"busybox:latest\",\"reg.local:5000/b:1\"],"
            + "\"RepoDigests\":[],\"Created\":"
            + threeDaysAgo
            + ",\"Size\":4261550},"
            + "{\"Id\":\"sha256:"
            + ID
            + "\",\"RepoTags\":[\"<none>:<none>\"],\"RepoDigests\":[],"
            + "\"Created\":"
            + threeDaysAgo
            + ",\"Size\":98000000}]");
    assertThat(engine.run("images").out())
        .isEqualTo(
            """
            REPOSITORY         TAG       IMAGE ID       CREATED      SIZE
            busybox            latest    4f6a4f6a4f6a   3 days ago   4.26MB
            reg.local:5000/b   1         4f6a4f6a4f6a   3 days ago   4.26MB
            <none>             <none>    4f6a4f6a4f6a   3 days ago   98MB
            """);
  }

  @Test
  void aRefusalOfOneDoesNotHoldUpTheOthers() {
    engine
        .on("POST /containers/a/stop", 404, "{\"message\":\"No such container: a\"}")
        .on("POST /containers/b/stop", call -> call.respond(Response.empty(204)));
    assertThat(engine.run("stop", "-t", "1", "a", "b"))
        .isEqualTo(new Ended(1, "b\n", "Error response from daemon: No such container: a\n"));
    assertThat(engine.asked()).contains("POST /containers/b/stop?t=1");
  }

  @Test
  void buildSendsWhatIsNotIgnored() throws IOException {
    Path context = Files.createDirectories(directory.resolve("context/node_modules/x"));
    Files.writeString(context.resolve("big"), "big");
    Files.writeString(directory.resolve("context/Containerfile"), "FROM scratch\n");
    Files.writeString(directory.resolve("context/app.js"), "1");
    Files.writeString(directory.resolve("context/.dockerignore"), "node_modules\n*.md\n!keep.md\n");
    Files.writeString(directory.resolve("context/drop.md"), "");
    Files.writeString(directory.resolve("context/keep.md"), "");
    engine.on(
        "POST /build",
        200,
        "{\"stream\":\"Step 1/1 : FROM scratch\\n\"}\r\n{\"aux\":{\"ID\":\"sha256:"
            + ID
            + "\"}}\r\n"
            + "{\"stream\":\"Successfully tagged a:1\\n\"}\r\n");
    Ended ended =
        engine.run(
            "build",
            "-t",
            "a:1",
            "--no-cache=true",
            "--build-arg",
            "V=1",
            directory.resolve("context").toString());
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .startsWith("Sending build context to Docker daemon  ")
        .endsWith("Step 1/1 : FROM scratch\nSuccessfully tagged a:1\n");
    assertThat(names(engine.body("POST /build")))
        .containsExactly(".dockerignore", "Containerfile", "app.js", "keep.md");
    assertThat(engine.asked().get(0))
        .isEqualTo(
            "POST /build?dockerfile=Containerfile&buildargs=%7B%22V%22%3A%221%22%7D&nocache=1&rm=1"
                + "&t=a%3A1");
  }

  @Test
  void buildTakesADockerfileAloneAndTellsWhatWentWrong() throws IOException {
    engine.on(
        "POST /build",
        200,
        "{\"stream\":\"Step 1/2\\n\"}\r\n{\"errorDetail\":{\"code\":1,\"message\":\"it failed\"},"
            + "\"error\":\"it failed\"}\r\n");
    Ended ended = engine.run("FROM scratch\n".getBytes(StandardCharsets.UTF_8), "build", "-");
    assertThat(ended).isEqualTo(new Ended(1, "Step 1/2\n", "it failed\n"));
    assertThat(names(engine.body("POST /build"))).containsExactly("Dockerfile");
    assertThat(engine.run("build", "-f", "-", "-").code()).isEqualTo(125);
    assertThat(engine.run("build", directory + "/none").err())
        .isEqualTo("unable to prepare context: path \"" + directory + "/none\" not found\n");
  }

  private static List<String> names(byte[] archive) throws IOException {
    TarReader tar = new TarReader(new ByteArrayInputStream(archive), LayerLimits.DEFAULT);
    List<String> names = new ArrayList<>();
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      names.add(next.get().name());
    }
    return names;
  }

  @Test
  void cpKeepsModesInBothDirections() throws IOException {
    Path script = directory.resolve("run.sh");
    Files.writeString(script, "echo");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
    engine
        .on("HEAD /containers/web/archive", call -> call.respond(stat("tmp", 0x800001ffL)))
        .on("PUT /containers/web/archive", call -> call.respond(Response.empty(200)))
        .on(
            "GET /containers/web/archive",
            call ->
                call.respond(stat("run.sh", 0750L, engine.body("PUT /containers/web/archive"))));
    assertThat(engine.run("cp", "-q", script.toString(), "web:/tmp"))
        .isEqualTo(new Ended(0, "", ""));
    assertThat(names(engine.body("PUT /containers/web/archive"))).containsExactly("run.sh");
    assertThat(engine.asked().get(1)).startsWith("PUT /containers/web/archive?path=%2Ftmp&");
    byte[] sent = engine.body("PUT /containers/web/archive");
    engine.on("GET /containers/web/archive", call -> call.respond(stat("run.sh", 0750L, sent)));
    Path back = directory.resolve("back.sh");
    assertThat(engine.run("cp", "-q", "web:/tmp/run.sh", back.toString()).err()).isEmpty();
    assertThat(Files.readString(back)).isEqualTo("echo");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(back)))
        .isEqualTo("rwxr-x---");
  }

  private static Response stat(String name, long mode) {
    return stat(name, mode, new byte[0]);
  }

  private static Response stat(String name, long mode, byte[] body) {
    byte[] json = Json.print(Tree.of("name", name, "mode", mode, "linkTarget", ""));
    return Response.of(200, "application/x-tar", body)
        .with("X-Docker-Container-Path-Stat", Base64.getEncoder().encodeToString(json));
  }

  @Test
  void cpLetsNothingOutOfItsTarget() throws IOException {
    ByteArrayOutputStream evil = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(evil)) {
      tar.add(
          new TarEntry(
              "d/way", TarEntry.Type.SYMBOLIC_LINK, 0777, 0, 0, 0, 0, 0, "/", 0, 0, Map.of()));
      tar.add(TarEntry.file("d/way/escaped", 0644, 0, 0), new ByteArrayInputStream(new byte[0]));
    }
    engine.on(
        "GET /containers/web/archive",
        call -> call.respond(stat("d", 0x800001ffL, evil.toByteArray())));
    Path goal = Files.createDirectories(directory.resolve("goal/d"));
    Ended ended = engine.run("cp", "web:/d", goal.resolveSibling("").toString());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("below a link");
  }

  @Test
  void execPassesInputAndGivesTheExitCode() {
    engine
        .on("POST /containers/web/exec", 201, "{\"Id\":\"e1\"}")
        .on(
            "POST /exec/e1/start",
            call -> {
              Duplex connection = call.hijack(Headers.EMPTY);
              byte[] typed = connection.in().readAllBytes();
              connection.out().write(new byte[] {1, 0, 0, 0, 0, 0, 0, (byte) typed.length});
              connection.out().write(typed);
              connection.endOutput();
              connection.close();
            })
        .on("GET /exec/e1/json", 200, "{\"ExitCode\":3}");
    assertThat(
            engine.run("hello".getBytes(StandardCharsets.UTF_8), "exec", "-i", "web", "cat", "-u"))
        .isEqualTo(new Ended(3, "hello", ""));
    Tree body = Json.parse(engine.body("POST /containers/web/exec"));
    assertThat(body.items("Cmd").texts()).containsExactly("cat", "-u");
  }

  @Test
  void anAnswerThatComesBeforeTheEndOfTheBodyIsHeard() throws IOException {
    Path large = directory.resolve("large.tar");
    Files.write(large, new byte[4 << 20]);
    byte[] said = "{\"message\":\"no room\"}".getBytes(StandardCharsets.UTF_8);
    engine.unread("POST /images/load");
    engine.on(
        "POST /images/load", call -> call.respond(Response.of(507, "application/json", said)));
    assertThat(engine.run("load", "-i", large.toString()))
        .isEqualTo(new Ended(1, "", "Error response from daemon: no room\n"));
  }

  @Test
  void pruneAsksBeforeItRemoves() {
    engine
        .on("POST /containers/prune", 200, "{\"ContainersDeleted\":[\"a\"],\"SpaceReclaimed\":10}")
        .on("POST /networks/prune", 200, "{\"NetworksDeleted\":null}")
        .on(
            "POST /images/prune",
            200,
            "{\"ImagesDeleted\":[{\"Untagged\":\"x:1\"}],\"SpaceReclaimed\":5}");
    Ended no = engine.run("n\n".getBytes(StandardCharsets.UTF_8), "system", "prune");
    assertThat(no.out()).contains("WARNING! This will remove:\n  - all stopped containers\n");
    assertThat(engine.asked()).isEmpty();
    Ended yes = engine.run("y\n".getBytes(StandardCharsets.UTF_8), "system", "prune", "-a");
    assertThat(yes.out())
        .endsWith(
            """
            Deleted Containers:
            a

            Deleted Images:
            untagged: x:1

            Total reclaimed space: 15B
            """);
    assertThat(engine.asked())
        .contains("POST /images/prune?filters=%7B%22dangling%22%3A%7B%22false%22%3Atrue%7D%7D");
  }

  @Test
  void inspectLooksForAnythingOfThatName() {
    engine.on(
        "GET /images/busybox/json", 200, "{\"Id\":\"sha256:1\",\"Config\":{\"Cmd\":[\"sh\"]}}");
    assertThat(engine.run("inspect", "-f", "{{.Id}} {{json .Config.Cmd}}", "busybox").out())
        .isEqualTo("sha256:1 [\"sh\"]\n");
    assertThat(engine.run("container", "inspect", "busybox").err())
        .isEqualTo("Error: No such container: busybox\n");
  }

  @Test
  void whoeverHasNoEngineLearnsWhatToStart() {
    Ended ended = RecordedEngine.runAt(List.of("--data-dir", directory + "/none"), "ps");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo(
            "there is no container engine at "
                + directory
                + "/none/docker.sock; start one with kuber up or kuber docker serve, as root, or"
                + " say where it is with --host or DOCKER_HOST\n");
    Ended remote = RecordedEngine.runAt(List.of("-H", "tcp://127.0.0.1:2375"), "ps");
    assertThat(remote.err()).startsWith("--host: tcp://127.0.0.1:2375 is not of the form unix://");
    assertThat(engine.run("nope").err()).contains("'nope' is not a docker command");
    assertThat(engine.run("network").out()).contains("network create").doesNotContain("  ps");
  }
}
