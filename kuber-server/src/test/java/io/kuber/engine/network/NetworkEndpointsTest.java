package io.kuber.engine.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.engine.NetworkMembers;
import io.kuber.engine.wire.Errors;
import io.kuber.engine.wire.Routes;
import io.kuber.http.OutgoingCall.Answer;
import io.kuber.http.UnixServer;
import io.kuber.http.UnixWire;
import io.kuber.json.Json;
import io.kuber.linux.Syscalls;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class NetworkEndpointsTest {
  @TempDir Path directory;
  private final List<String> asked = new ArrayList<>();
  private EngineNetworks networks;
  private UnixServer server;

  @BeforeEach
  void start() throws IOException {
    networks =
        EngineNetworks.open(
            Syscalls.linux(), directory.resolve("engine"), (type, action, id, more) -> {});
    NetworkMembers members =
        new NetworkMembers() {
          @Override
          public void join(String network, String one, List<String> aliases, String address) {
            asked.add("join " + network + " " + one + " " + aliases + " " + address);
          }

          @Override
          public void leave(String network, String one, boolean force) {
            asked.add("leave " + network + " " + one + " " + force);
          }
        };
    Routes routes = new Routes();
    new NetworkEndpoints(networks, members).addTo(routes);
    server = UnixServer.start(directory.resolve("s"), Errors.SHAPE, routes);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    networks.close();
  }

  private Answer call(String method, String target, String body) throws IOException {
    return UnixWire.call(server.path(), method, target, body.getBytes(UTF_8));
  }

  private Object json(String method, String target, String body) throws IOException {
    return Json.parseValue(call(method, target, body).body().readAllBytes());
  }

  @Test
  void makesShowsAndRemovesNetworks() throws IOException {
    String body =
        "{\"Name\":\"mine\",\"CheckDuplicate\":true,\"Driver\":\"bridge\",\"Labels\":{\"a\":\"b\"},"
            + "\"IPAM\":{\"Config\":[{\"Subnet\":\"10.77.0.0/24\",\"Gateway\":\"10.77.0.9\"}]}}";
    Tree made = (Tree) json("POST", "/networks/create", body);
    assertThat(call("POST", "/networks/create", body).status()).isEqualTo(409);
    Tree shown = (Tree) json("GET", "/networks/" + made.text("Id").substring(0, 12), "");
    assertThat(shown.text("Name")).isEqualTo("mine");
    assertThat(shown.items("IPAM", "Config").tree(0).text("Gateway")).isEqualTo("10.77.0.9");
    assertThat(json("GET", "/networks", "")).asString().contains("bridge", "host", "none", "mine");
    assertThat(json("GET", "/networks?filters=%7B%22type%22%3A%5B%22custom%22%5D%7D", ""))
        .asString()
        .contains("mine")
        .doesNotContain("\"host\"");
    assertThat(call("DELETE", "/networks/host", "").status()).isEqualTo(403);
    assertThat(json("POST", "/networks/prune", "").toString()).contains("mine");
    assertThat(call("DELETE", "/networks/mine", "").status()).isEqualTo(404);
  }

  @Test
  void handsContainersToWhoeverHasThem() throws IOException {
    call(
        "POST",
        "/networks/bridge/connect",
        "{\"Container\":\"web\",\"EndpointConfig\":{\"Aliases\":[\"w\"]}}");
    call("POST", "/networks/bridge/disconnect", "{\"Container\":\"web\",\"Force\":true}");
    assertThat(asked).containsExactly("join bridge web [w] ", "leave bridge web true");
  }

  @Test
  void refusesWhatItDoesNotHave() throws IOException {
    assertThat(call("POST", "/networks/create", "{\"Name\":\"x\",\"Driver\":\"overlay\"}").body())
        .asString(UTF_8)
        .contains("plugin \\\"overlay\\\" not found");
    assertThat(call("POST", "/networks/create", "{\"Name\":\"x\",\"EnableIPv6\":true}").body())
        .asString(UTF_8)
        .contains("EnableIPv6");
    assertThat(call("POST", "/networks/create", "{\"Name\":\"a b\"}").status()).isEqualTo(400);
  }
}
