package io.kuber.server.member;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.HostAndPort;
import io.kuber.json.Json;
import io.kuber.resource.ResourceType;
import io.kuber.server.member.ApiEndpoints.Write;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import io.kuber.store.Stored;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the Service of the API servers leads to. */
final class ApiEndpointsTest {
  private final LocalStore store = new LocalStore();

  private List<Write> plan(String... servers) {
    return ApiEndpoints.plan(
        Stream.of(servers).map(HostAndPort::fromString).toList(), store.image());
  }

  private void carryOut(List<Write> writes) {
    for (Write write : writes) {
      if (write instanceof Write.Put put) {
        Key key = put.type().keyOf(put.object());
        store.submit(new Command.Put(key, revision(key), Json.print(put.object().tree())));
      } else if (write instanceof Write.Remove remove) {
        Key key = remove.type().key("default", remove.name());
        store.submit(new Command.Delete(key, revision(key), "{}".getBytes(UTF_8)));
      }
    }
  }

  private long revision(Key key) {
    Stored there = store.image().get(key);
    return there == null ? Command.ABSENT : there.revision();
  }

  private static List<String> names(List<Write> writes) {
    return writes.stream()
        .map(
            write ->
                write instanceof Write.Put put
                    ? "put " + named(put.type(), put.object().name())
                    : "remove "
                        + named(((Write.Remove) write).type(), ((Write.Remove) write).name()))
        .toList();
  }

  private static String named(ResourceType type, String name) {
    return type.plural() + " " + name;
  }

  private String shown(String resource, String name) {
    Stored stored = store.image().get(new Key(resource, "default", name));
    return stored == null ? "" : new String(stored.value(), UTF_8);
  }

  @Test
  void leadsToAllServersInOneSliceWhenTheyShareAPort() {
    List<Write> writes = plan("10.0.0.2:6443", "10.0.0.1:6443");
    assertThat(names(writes))
        .containsExactly("put endpoints kubernetes", "put endpointslices kubernetes");
    carryOut(writes);
    assertThat(shown("endpoints", "kubernetes"))
        .contains("[{\"ip\":\"10.0.0.1\"},{\"ip\":\"10.0.0.2\"}]")
        .contains("\"port\":6443");
    assertThat(plan("10.0.0.1:6443", "10.0.0.2:6443")).isEmpty();
  }

  @Test
  void dropsAServerThatIsGone() {
    carryOut(plan("10.0.0.1:6443", "10.0.0.2:6443"));
    carryOut(plan("10.0.0.2:6443"));
    assertThat(shown("endpoints", "kubernetes")).doesNotContain("10.0.0.1");
    assertThat(shown("endpointslices.discovery.k8s.io", "kubernetes")).doesNotContain("10.0.0.1");
  }

  @Test
  void hasASliceForEachPortAndRemovesThoseOfPortsThatAreGone() {
    List<Write> writes = plan("10.0.0.1:7001", "10.0.0.1:7002");
    assertThat(names(writes))
        .containsExactly(
            "put endpoints kubernetes",
            "put endpointslices kubernetes",
            "put endpointslices kubernetes-7002");
    carryOut(writes);
    assertThat(names(plan("10.0.0.1:7001")))
        .containsExactly("put endpoints kubernetes", "remove endpointslices kubernetes-7002");
  }

  @Test
  void leavesOutWhoIsReachedFromItsOwnMachineOnly() {
    carryOut(plan("127.0.0.1:6443", "10.0.0.2:6443"));
    assertThat(shown("endpoints", "kubernetes")).contains("10.0.0.2").doesNotContain("127.0.0.1");
    assertThat(plan("127.0.0.1:6443")).isEmpty();
  }

  @Test
  void leavesEverythingAloneWhenNoServerWasHeardOf() {
    carryOut(plan("10.0.0.1:6443"));
    assertThat(plan()).isEmpty();
  }
}
