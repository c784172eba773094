package io.kuber.engine.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.engine.ContainerUse;
import io.kuber.engine.EngineException;
import io.kuber.engine.VolumeShelf.Volume;
import io.kuber.engine.wire.Errors;
import io.kuber.engine.wire.Routes;
import io.kuber.http.OutgoingCall.Answer;
import io.kuber.http.UnixServer;
import io.kuber.http.UnixWire;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesTest {
  @TempDir Path directory;
  private final List<String> used = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private EngineVolumes volumes;
  private UnixServer server;

  @BeforeEach
  void start() throws IOException {
    volumes = open();
    Routes routes = new Routes();
    new VolumeEndpoints(volumes).addTo(routes);
    server = UnixServer.start(directory.resolve("s"), Errors.SHAPE, routes);
  }

  private EngineVolumes open() {
    ContainerUse use =
        new ContainerUse() {
          @Override
          public List<User> ofImage(String id) {
            return List.of();
          }

          @Override
          public List<User> ofVolume(String name) {
            return used.contains(name) ? List.of(new User("c1", true)) : List.of();
          }

          @Override
          public List<User> ofNetwork(String name) {
            return List.of();
          }
        };
    return new EngineVolumes(
        directory.resolve("volumes"), use, (type, action, id, more) -> told.add(action + " " + id));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Answer call(String method, String target, String body) throws IOException {
    return UnixWire.call(server.path(), method, target, body.getBytes(UTF_8));
  }

  private Tree tree(String method, String target, String body) throws IOException {
    return Json.parse(call(method, target, body).body().readAllBytes());
  }

  @Test
  void goesOnWithAVolumeWhoseRecordIsTorn() throws IOException {
    Files.writeString(volumes.claim("data").directory().resolve("file"), "text");
    volumes.claim("other");
    Files.write(directory.resolve("volumes/data/volume.json"), new byte[0]);
    assertThat(tree("GET", "/volumes", "").items("Volumes").trees())
        .extracting(volume -> volume.text("Name"))
        .containsExactly("data", "other");
    assertThat(volumes.claim("data").directory().resolve("file")).hasContent("text");
    assertThat(call("DELETE", "/volumes/data", "").status()).isEqualTo(204);
  }

  @Test
  void keepsDataUnderANameUntilItIsRemoved() throws IOException {
    Volume first = volumes.claim("data");
    assertThat(first.fresh()).isTrue();
    Files.writeString(first.directory().resolve("file"), "kept");
    Volume again = open().claim("data");
    assertThat(again.directory().resolve("file")).hasContent("kept");
    assertThat(again.fresh()).isFalse();
    used.add("data");
    assertThatThrownBy(() -> volumes.delete("data"))
        .isInstanceOf(EngineException.class)
        .hasMessage("remove data: volume is in use - [c1]");
    used.clear();
    volumes.delete("data");
    assertThat(first.directory()).doesNotExist();
    volumes.remove("data");
    assertThat(told).containsExactly("create data", "destroy data");
  }

  @Test
  void givesRandomNamesAndRefusesMalformedOnes() {
    assertThat(volumes.claim("").name()).matches("[0-9a-f]{64}");
    for (String bad : List.of("../x", "a/b", ".a", "x")) {
      assertThatThrownBy(() -> volumes.claim(bad)).hasMessageContaining("invalid characters");
    }
    assertThatThrownBy(() -> volumes.find("..")).hasMessage("get ..: no such volume");
  }

  @Test
  void answersClients() throws IOException {
    Tree made = tree("POST", "/volumes/create", "{\"Name\":\"db\",\"Labels\":{\"a\":\"b\"}}");
    assertThat(made.text("Mountpoint")).isEqualTo(volumes.data("db").toString());
    volumes.claim("other");
    used.add("db");
    assertThat(tree("GET", "/volumes", "").items("Volumes").trees())
        .extracting(volume -> volume.text("Name"))
        .containsExactly("db", "other");
    String dangling = "/volumes?filters=%7B%22dangling%22%3A%5B%22true%22%5D%7D";
    assertThat(tree("GET", dangling, "").items("Volumes").trees())
        .extracting(volume -> volume.text("Name"))
        .containsExactly("other");
    assertThat(tree("GET", "/volumes/db", "").text("Labels", "a")).isEqualTo("b");
    assertThat(tree("POST", "/volumes/prune", "").items("VolumesDeleted").texts())
        .containsExactly("other");
    assertThat(call("DELETE", "/volumes/db", "").status()).isEqualTo(409);
    assertThat(call("DELETE", "/volumes/other", "").status()).isEqualTo(404);
    assertThat(call("DELETE", "/volumes/other?force=1", "").status()).isEqualTo(204);
    assertThat(call("POST", "/volumes/create", "{\"Driver\":\"nfs\"}").body())
        .asString(UTF_8)
        .contains("plugin \\\"nfs\\\" not found");
  }
}
