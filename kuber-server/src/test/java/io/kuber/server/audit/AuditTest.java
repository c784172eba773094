package io.kuber.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Deed.OnPath;
import io.kuber.access.User;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.server.metric.AuditMetrics;
import io.kuber.server.metric.ServerMetrics;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.0012Z");
  private static final Plan ALL = new Plan(Level.REQUEST_RESPONSE, Set.of(), false);

  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.EPOCH);
  private final AuditMetrics metrics = new AuditMetrics();
  private final List<String> lines = new ArrayList<>();
  private final Backend kept =
      new Backend() {
        @Override
        public void write(byte[] event) {
          lines.add(new String(event, UTF_8));
        }

        @Override
        public void close() {
          lines.add("closed");
        }
      };

  private Audit audit(Backend... backends) {
    return new Audit(new Policy(List.of(), ALL), List.of(backends), loops.loop("audit"), metrics);
  }

  private static Event event(String id, Plan plan, Contents contents, long bytes) {
    Asked asked =
        new Asked(id, "/x?y=1", "get", User.known("jane"), List.of("10.0.0.1"), "kubectl");
    return new Event(
        plan,
        Stage.RESPONSE_COMPLETE,
        NOW,
        NOW,
        asked,
        Optional.of(new User("joe", List.of())),
        Tree.of("resource", "pods"),
        () -> contents,
        bytes,
        Map.of("b", "2", "a", "1"));
  }

  private String text() {
    return new ServerMetrics("v1", metrics).text();
  }

  @Test
  void printsAnEventAsUpstreamDoes() {
    Contents contents =
        new Contents(Tree.of("metadata", Tree.EMPTY, "code", 200L), Tree.of("c", 3L), Items.of(4L));
    try (Audit audit = audit(kept)) {
      audit.tell(event("id-1", ALL, contents, 0));
      loops.settle();
    }
    assertThat(lines)
        .containsExactly(
            "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"RequestResponse\","
                + "\"auditID\":\"id-1\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/x?y=1\","
                + "\"verb\":\"get\",\"user\":{\"username\":\"jane\",\"groups\":[\"system:authenticated\"]},"
                + "\"impersonatedUser\":{\"username\":\"joe\"},\"sourceIPs\":[\"10.0.0.1\"],"
                + "\"userAgent\":\"kubectl\",\"objectRef\":{\"resource\":\"pods\"},"
                + "\"responseStatus\":{\"metadata\":{},\"code\":200},\"requestObject\":{\"c\":3},"
                + "\"responseObject\":[4],\"requestReceivedTimestamp\":\"2026-01-31T12:00:00.001200Z\","
                + "\"stageTimestamp\":\"2026-01-31T12:00:00.001200Z\","
                + "\"annotations\":{\"a\":\"1\",\"b\":\"2\"}}",
            "closed");
  }

  @Test
  void leavesManagedFieldsOutOfObjectsListsAndTables() {
    Tree object = Tree.of("metadata", Tree.of("name", "a", "managedFields", Items.of(1L)));
    Plan plan = new Plan(Level.REQUEST_RESPONSE, Set.of(), true);
    Tree table = Tree.of("rows", Items.of(Tree.of("object", object)));
    Tree list = Tree.of("items", Items.of(object, object));
    try (Audit audit = audit(kept)) {
      audit.tell(event("1", plan, new Contents(Tree.EMPTY, object, list), 0));
      audit.tell(event("2", plan, new Contents(Tree.EMPTY, Items.of(), table), 0));
    }
    assertThat(lines).hasSize(3).noneMatch(line -> line.contains("managedFields"));
    assertThat(lines.get(1)).contains("{\"rows\":[{\"object\":{\"metadata\":{\"name\":\"a\"}}}]}");
  }

  @Test
  void writesWhatWaitsWhenItIsClosedAndNothingAfterwards() {
    Audit audit = audit(kept);
    audit.tell(event("1", ALL, Contents.NONE, 0));
    audit.close();
    audit.tell(event("2", ALL, Contents.NONE, 0));
    loops.settle();
    assertThat(lines).hasSize(2).last().isEqualTo("closed");
  }

  @Test
  void losesAndCountsWhatFindsNoRoomByNumberAndBytes() {
    try (Audit audit = audit(kept)) {
      for (int i = 0; i < 3; i++) {
        audit.tell(event("large", ALL, Contents.NONE, 30L << 20));
      }
      assertThat(text()).contains("apiserver_audit_error_total{plugin=\"buffer\"} 1");
      loops.settle();
      assertThat(lines).hasSize(2);
      for (int i = 0; i < 10_001; i++) {
        audit.tell(event("small", ALL, Contents.NONE, 0));
      }
      assertThat(text()).contains("apiserver_audit_error_total{plugin=\"buffer\"} 2");
    }
    assertThat(lines).hasSize(2 + 10_000 + 1);
  }

  @Test
  void countsLinesThatCannotBeWrittenAndTriesTheNext() {
    List<String> written = new ArrayList<>();
    boolean[] full = {true};
    LogBackend log =
        new LogBackend(
            new LogBackend.Lines() {
              @Override
              public void write(byte[] line) throws IOException {
                if (full[0]) {
                  throw new IOException("No space left on device");
                }
                written.add(new String(line, UTF_8));
              }

              @Override
              public void close() {}
            },
            metrics);
    try (Audit audit = audit(log, kept)) {
      audit.tell(event("1", ALL, Contents.NONE, 0));
      loops.settle();
      assertThat(text()).contains("apiserver_audit_error_total{plugin=\"log\"} 1");
      full[0] = false;
      audit.tell(event("2", ALL, Contents.NONE, 0));
      loops.settle();
    }
    assertThat(written).hasSize(1).first().asString().contains("\"auditID\":\"2\"");
    assertThat(lines).hasSize(3);
    assertThat(text()).contains("apiserver_audit_event_total 2");
  }

  @Test
  void countsRequestsByLevel() {
    Audit audit = audit(kept);
    audit.plan(User.ANONYMOUS, new OnPath("get", "/"));
    assertThat(text()).contains("apiserver_audit_level_total{level=\"RequestResponse\"} 1");
    assertThat(Audit.NONE.plan(User.ANONYMOUS, new OnPath("get", "/")).isNothing()).isTrue();
  }
}
