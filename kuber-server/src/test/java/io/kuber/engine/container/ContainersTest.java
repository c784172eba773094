package io.kuber.engine.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.boot.NodeBench;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerRuntime;
import io.kuber.container.linux.LinuxContainers;
import io.kuber.engine.ImageShelf;
import io.kuber.engine.LocalImage;
import io.kuber.engine.network.EngineNetworks;
import io.kuber.engine.volume.EngineVolumes;
import io.kuber.engine.wire.Errors;
import io.kuber.engine.wire.Routes;
import io.kuber.http.OutgoingCall.Answer;
import io.kuber.http.UnixServer;
import io.kuber.http.UnixWire;
import io.kuber.json.Json;
import io.kuber.linux.Syscalls;
import io.kuber.node.image.ImageStore;
import io.kuber.node.network.TestNamespace;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real containers of the machine's own programs, in a network namespace of its own. */
class ContainersTest {
  private static final AtomicInteger INSTANCES = new AtomicInteger();

  @TempDir Path directory;
  private TestNamespace machine;
  private ContainerRuntime runtime;
  private EngineNetworks networks;
  private Ground ground;
  private Containers containers;
  private UnixServer server;

  @BeforeEach
  @SuppressWarnings("NullAway") // Tests are skipped where there can be no containers.
  void start() {
    machine = TestNamespace.create();
    open();
  }

  private void open() {
    String instance = "engine-test-" + ProcessHandle.current().pid() + "-" + INSTANCES.get();
    machine.call(
        () -> {
          try {
            runtime =
                LinuxContainers.open(directory.resolve("run"), instance, InstantSource.system());
          } catch (ContainerException e) {
            Assumptions.abort(String.valueOf(e.getMessage()));
          }
          Containers.Use use = new Containers.Use();
          networks =
              EngineNetworks.open(
                  Syscalls.linux(), directory.resolve("networks"), (a, b, c, d) -> {});
          EngineVolumes volumes =
              new EngineVolumes(directory.resolve("volumes"), use, (a, b, c, d) -> {});
          ImageStore images = ImageStore.builtIn(directory.resolve("images"));
          ground =
              new Ground(
                  runtime,
                  new BuiltIn(images),
                  networks,
                  volumes,
                  (a, b, c, d) -> {},
                  directory.resolve("containers"),
                  directory.resolve("written"),
                  InstantSource.system());
          containers = Containers.open(ground);
          use.of(containers);
          Routes routes = new Routes();
          new ContainerEndpoints(containers).addTo(routes);
          new InsideEndpoints(containers, 1L << 30).addTo(routes);
          server = UnixServer.start(directory.resolve("s"), Errors.SHAPE, routes);
          return server;
        });
  }

  /** The images that need no registry. */
  private record BuiltIn(ImageStore store) implements ImageShelf {
    @Override
    public LocalImage find(String reference) {
      return new LocalImage(
          "kuber.io/host",
          List.of("kuber.io/host"),
          store.present("kuber.io/host").orElseThrow(),
          Tree.EMPTY,
          0);
    }

    @Override
    public String commit(LocalImage base, Path changes, Commit commit) {
      throw new UnsupportedOperationException();
    }
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      close();
      INSTANCES.incrementAndGet();
    }
    machine.close();
  }

  private void close() throws IOException {
    server.close();
    machine.run(
        () -> {
          containers.close();
          containers.all().forEach(life -> containers.remove(life, true));
          networks.close();
          runtime.reclaim();
          runtime.close();
        });
  }

  private Answer call(String method, String target, String body) throws IOException {
    return UnixWire.call(server.path(), method, target, body.getBytes(UTF_8));
  }

  private String text(String method, String target) throws IOException {
    return new String(call(method, target, "").body().readAllBytes(), UTF_8);
  }

  private String create(String name, String script) throws IOException {
    Tree body = Tree.of("Image", "kuber.io/host", "Cmd", Items.of("sh", "-c", script), "Tty", true);
    Answer made =
        call("POST", "/containers/create?name=" + name, new String(Json.print(body), UTF_8));
    return Json.parse(made.body().readAllBytes()).text("Id");
  }

  private long end(String id) throws IOException {
    return Json.parse(text("POST", "/containers/" + id + "/wait").getBytes(UTF_8))
        .number(-1, "StatusCode");
  }

  @Test
  void runsAContainerToItsEndAndStartsItAgainWithWhatItWrote() throws IOException {
    String id = create("once", "cat /seen; echo here >> /seen; hostname; exit 3");
    assertThat(call("POST", "/containers/once/start", "").status()).isEqualTo(204);
    assertThat(end(id)).isEqualTo(3);
    assertThat(text("GET", "/containers/json?all=1")).contains("\"State\":\"exited\"");
    assertThat(text("GET", "/containers/once/logs?stdout=1")).contains(id.substring(0, 12));
    call("POST", "/containers/once/start", "");
    end(id);
    assertThat(text("GET", "/containers/once/logs?stdout=1&tail=2")).startsWith("here");
    assertThat(call("DELETE", "/containers/" + id.substring(0, 6), "").status()).isEqualTo(204);
    assertThat(call("GET", "/containers/once/json", "").status()).isEqualTo(404);
  }

  @Test
  void stopsAndKillsWhatRuns() throws IOException {
    create("long", "trap 'exit 7' TERM; while :; do sleep 0.05; done");
    assertThat(call("POST", "/containers/long/start", "").status()).isEqualTo(204);
    assertThat(call("POST", "/containers/long/start", "").status()).isEqualTo(304);
    assertThat(call("DELETE", "/containers/long", "").status()).isEqualTo(409);
    Tree shown = Json.parse(text("GET", "/containers/long/json").getBytes(UTF_8));
    assertThat(shown.text("NetworkSettings", "IPAddress")).isEqualTo("172.17.0.2");
    assertThat(call("POST", "/containers/long/stop?t=30", "").status()).isEqualTo(204);
    assertThat(end("long")).isEqualTo(7);
    call("POST", "/containers/long/start", "");
    assertThat(call("POST", "/containers/long/kill?signal=KILL", "").status()).isEqualTo(204);
    assertThat(end("long")).isEqualTo(137);
    assertThat(machine.links()).as("the bridge and nothing of the container").hasSize(2);
  }

  @Test
  void leavesNothingOfAStartThatFailsAndStartsTheNextTime() throws IOException {
    String id = create("unlucky", "exit 4");
    Path hosts = Files.createDirectories(directory.resolve("containers/" + id + "/hosts"));
    assertThat(call("POST", "/containers/unlucky/start", "").status()).isEqualTo(500);
    assertThat(machine.links()).as("the bridge and nothing of the container").hasSize(2);
    assertThat(text("GET", "/containers/unlucky/json")).contains("\"Running\":false");
    Files.delete(hosts);
    assertThat(call("POST", "/containers/unlucky/start", "").status()).isEqualTo(204);
    assertThat(end(id)).isEqualTo(4);
  }

  @Test
  void tellsOfAnEndThatCannotBeKept() throws Exception {
    String id = create("unkept", "exec sleep 1000");
    call("POST", "/containers/unkept/start", "");
    var end = containers.find(id).end();
    Path own = directory.resolve("containers").resolve(id);
    Files.move(own, directory.resolve("aside"));
    Files.writeString(own, "no directory");
    call("POST", "/containers/unkept/kill", "");
    assertThat(end.get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(137);
    assertThat(machine.links()).as("the bridge and nothing of the container").hasSize(2);
    Files.delete(own);
    Files.move(directory.resolve("aside"), own);
  }

  @Test
  void connectsAContainerAnewThatAKilledEngineHasLeft() throws IOException {
    create("left", "exec sleep 1000");
    call("POST", "/containers/left/start", "");
    server.close();
    machine.run(runtime::close); // What it keeps runs on, as after a kill.
    open();
    assertThat(text("GET", "/containers/left/json")).contains("\"Running\":false");
    assertThat(machine.links()).as("nothing of the container").hasSizeLessThanOrEqualTo(2);
    assertThat(call("POST", "/containers/left/start", "").status()).isEqualTo(204);
    assertThat(machine.links()).as("the bridge and the container's end").hasSize(3);
  }

  @Test
  void keepsAContainerThatIsToGoWithItsEndWhenItIsRestarted() throws IOException {
    Tree body =
        Tree.of(
            "Image",
            "kuber.io/host",
            "Cmd",
            Items.of("sleep", "1000"),
            "HostConfig",
            Tree.of("AutoRemove", true));
    call("POST", "/containers/create?name=again", new String(Json.print(body), UTF_8));
    call("POST", "/containers/again/start", "");
    for (int i = 0; i < 5; i++) {
      assertThat(call("POST", "/containers/again/restart?t=0", "").status()).isEqualTo(204);
    }
    assertThat(text("GET", "/containers/again/json")).contains("\"Running\":true");
    assertThat(call("DELETE", "/containers/again?force=1", "").status()).isEqualTo(204);
    assertThat(call("GET", "/containers/again/json", "").status()).isEqualTo(404);
  }

  @Test
  void killsNothingThatMayTakeAsLongAsItWillToStop() throws IOException {
    create("slow", "trap 'sleep 0.5; exit 7' TERM; echo ready; while :; do sleep 0.05; done");
    call("POST", "/containers/slow/start", "");
    while (!text("GET", "/containers/slow/logs?stdout=1").contains("ready")) {
      Thread.onSpinWait();
    }
    assertThat(call("POST", "/containers/slow/stop?t=-1", "").status()).isEqualTo(204);
    assertThat(end("slow")).isEqualTo(7);
  }

  @Test
  void cutsOffAnArchiveThatCannotBeWrittenToItsEnd() throws IOException {
    String id = create("deep", "touch /first");
    call("POST", "/containers/deep/start", "");
    end(id);
    Path upper = directory.resolve("written/" + id + "/upper");
    Files.createDirectories(upper.resolve("x/".repeat(300)));
    for (String target : List.of("/export", "/archive?path=/x")) {
      try (UnixWire wire = UnixWire.connect(server.path())) {
        wire.say("GET /containers/deep" + target + " HTTP/1.1\r\nHost: x\r\n\r\n").head();
        String all = new String(wire.in().readAllBytes(), ISO_8859_1);
        assertThat(all).as("the last chunk").doesNotEndWith("\r\n0\r\n\r\n");
      }
    }
  }

  @Test
  void saysThatAProgramIsNotThere() throws IOException {
    Tree body = Tree.of("Image", "kuber.io/host", "Cmd", Items.of("no-such-program"));
    call("POST", "/containers/create?name=bad", new String(Json.print(body), UTF_8));
    Answer answer = call("POST", "/containers/bad/start", "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).asString(UTF_8).contains("executable file not found in $PATH");
    assertThat(
            call("POST", "/containers/create?name=bad", new String(Json.print(body), UTF_8))
                .status())
        .isEqualTo(409);
  }

  @Test
  void removesAContainerThatIsToGoWithItsEnd() throws IOException {
    Tree body =
        Tree.of(
            "Image",
            "kuber.io/host",
            "Cmd",
            Items.of("true"),
            "HostConfig",
            Tree.of("AutoRemove", true));
    call("POST", "/containers/create?name=gone", new String(Json.print(body), UTF_8));
    try (UnixWire wire = UnixWire.connect(server.path())) {
      wire.say("POST /containers/gone/wait?condition=removed HTTP/1.0\r\n\r\n").head();
      call("POST", "/containers/gone/start", "");
      assertThat(wire.in()).hasContent("{\"StatusCode\":0}");
    }
    assertThat(text("GET", "/containers/json?all=1")).isEqualTo("[]");
  }

  @Test
  void looksIntoAContainer() throws IOException {
    create("inside", "mkdir /made; echo text > /made/file; echo ready; exec sleep 1000");
    call("POST", "/containers/inside/start", "");
    String exec = "{\"Cmd\":[\"sh\",\"-c\",\"while [ ! -s /made/file ]; do :; done; exit 5\"]}";
    String id =
        Json.parse(call("POST", "/containers/inside/exec", exec).body().readAllBytes()).text("Id");
    try (UnixWire wire = UnixWire.connect(server.path())) {
      wire.say("POST /exec/" + id + "/start HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}").head();
      assertThat(wire.in().readAllBytes()).isEmpty();
    }
    assertThat(text("GET", "/exec/" + id + "/json")).contains("\"ExitCode\":5");
    assertThat(call("POST", "/exec/" + id + "/start", "{}").status()).isEqualTo(409);
    assertThat(text("GET", "/containers/inside/changes"))
        .contains("{\"Path\":\"/made/file\",\"Kind\":1}");
    assertThat(text("GET", "/containers/inside/top")).contains("sleep 1000");
    assertThat(text("GET", "/containers/inside/export")).contains("made/file");
    call("POST", "/containers/inside/kill", "");
    end("inside");
    assertThat(call("POST", "/containers/inside/exec", exec).status()).isEqualTo(409);
  }

  private String createWith(String name, String script, Tree host) throws IOException {
    Tree body =
        Tree.of("Image", "kuber.io/host", "Cmd", Items.of("sh", "-c", script), "HostConfig", host);
    Answer made =
        call("POST", "/containers/create?name=" + name, new String(Json.print(body), UTF_8));
    return new String(made.body().readAllBytes(), UTF_8);
  }

  private static Tree restarts(String policy, long most) {
    return Tree.of("RestartPolicy", Tree.of("Name", policy, "MaximumRetryCount", most));
  }

  @Test
  void startsAgainWhatFailsAsOftenAsItsPolicySays() throws Exception {
    createWith("failing", "echo run >> /seen; wc -l < /seen; exit 3", restarts("on-failure", 2));
    call("POST", "/containers/failing/start", "");
    Life life = containers.find("failing");
    NodeBench.until(() -> life.record().runs() == 3 && life.running().isEmpty());
    assertThat(text("GET", "/containers/failing/logs?stdout=1")).contains("1\n", "2\n", "3\n");
    assertThat(directory.resolve("written").toFile().list()).hasSize(1);
    assertThat(runtime.sandboxes()).as("what an earlier run had").isEmpty();
  }

  @Test
  void staysStoppedOnceSomebodyHasStoppedIt() throws Exception {
    createWith("crashing", "exit 1", restarts("always", 0));
    call("POST", "/containers/crashing/start", "");
    Life life = containers.find("crashing");
    NodeBench.until(() -> life.record().runs() >= 2 && life.running().isEmpty());
    call("POST", "/containers/crashing/stop", "");
    int runs = life.record().runs();
    createWith("later", "exit 1", restarts("on-failure", 4));
    call("POST", "/containers/later/start", "");
    Life other = containers.find("later");
    NodeBench.until(() -> other.record().runs() == 5 && other.running().isEmpty());
    assertThat(life.record().runs()).as("starts after the stop").isEqualTo(runs);
  }

  @Test
  void opensWithoutTheContainerWhoseRecordCannotBeRead() throws Exception {
    create("kept", "true");
    Path broken =
        directory.resolve("containers").resolve(create("broken", "true")).resolve("container.json");
    Files.writeString(broken, "{\"id\":");
    try (Containers again = machine.call(() -> Containers.open(ground))) {
      assertThat(again.all()).extracting(life -> life.record().name()).containsExactly("kept");
    }
    assertThat(broken).as("what somebody may still want to mend").hasContent("{\"id\":");
  }

  @Test
  void refusesWhatItDoesNotDo() throws Exception {
    assertThat(createWith("pids", "true", Tree.of("CpusetCpus", "0")))
        .isEqualTo(
            "{\"message\":\"--cpuset-cpus: this engine does not have it; leave it out"
                + " (HostConfig.CpusetCpus)\"}");
    assertThat(call("GET", "/containers/pids/json", "").status()).isEqualTo(404);
  }
}
