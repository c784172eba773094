package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiAnswer.Watching;
import io.kuber.api.WatchStream.Event;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What watches show, and reads of revisions that are not there. */
class WatchTest {
  private final TestApi api = new TestApi();

  @Test
  void beginsWithWhatThereIs() {
    api.create(Resources.CONFIG_MAPS, "{metadata: {name: a}}");
    WatchStream stream = watch(ReadOptions.DEFAULT);
    api.create(Resources.CONFIG_MAPS, "{metadata: {name: b}}");
    assertThat(seen(stream)).containsExactly("ADDED a", "ADDED b");
  }

  @Test
  void goesOnBehindRevision() {
    KubeObject a = api.create(Resources.CONFIG_MAPS, "{metadata: {name: a}}");
    WatchStream stream = watch(ReadOptions.DEFAULT.at(a.resourceVersion()));
    api.update(Resources.CONFIG_MAPS, "", a.with("1", "data", "k"));
    api.answer(api.request(Verb.DELETE, Resources.CONFIG_MAPS, "a"));
    assertThat(seen(stream)).containsExactly("MODIFIED a", "DELETED a");
  }

  @Test
  void showsLeavingTheSelectorAsDeletionAndEnteringAsAddition() {
    WatchStream stream = watch(ReadOptions.selecting("app=web", ""));
    KubeObject a = api.create(Resources.CONFIG_MAPS, "{metadata: {name: a, labels: {app: web}}}");
    KubeObject left =
        api.update(Resources.CONFIG_MAPS, "", a.with("db", "metadata", "labels", "app"));
    api.update(Resources.CONFIG_MAPS, "", left.with("web", "metadata", "labels", "app"));
    assertThat(seen(stream)).containsExactly("ADDED a", "DELETED a", "ADDED a");
  }

  @Test
  void marksTheEndOfInitialEvents() {
    api.create(Resources.CONFIG_MAPS, "{metadata: {name: a}}");
    ReadOptions read = new ReadOptions("", "", "", "NotOlderThan", 0, "", 0, true, true);
    List<Event> events = watch(read).poll(10);
    assertThat(events)
        .extracting(Event::type)
        .containsExactly(WatchStream.Type.ADDED, WatchStream.Type.BOOKMARK);
    assertThat(events.get(1).endsInitialEvents()).isTrue();
    assertThat(events.get(1).revision()).isEqualTo(api.store.image().revision());
  }

  @Test
  void saysWhichRevisionIsTooLargeOnceNoneComes() {
    CompletableFuture<ApiAnswer> answer =
        api.api
            .handle(
                api.request(Verb.LIST, Resources.CONFIG_MAPS, "")
                    .with(ReadOptions.DEFAULT.at("99")))
            .toCompletableFuture();
    assertThat(answer).isNotDone();
    api.loops.advance(Duration.ofSeconds(3));
    assertThatThrownBy(answer::join)
        .hasMessageContaining("Too large resource version: 99, current: 1");
  }

  @Test
  void refusesFieldsThatNoSelectorKnows() {
    assertThatThrownBy(
            () ->
                api.list(
                    api.request(Verb.LIST, Resources.CONFIG_MAPS, "")
                        .with(ReadOptions.selecting("", "data.k=v"))))
        .hasMessage("field label not supported: data.k");
  }

  @Test
  void refusesMatchWithoutRevision() {
    ReadOptions read = new ReadOptions("", "", "", "Exact", 0, "", 0, false, null);
    assertThatThrownBy(() -> api.list(api.request(Verb.LIST, Resources.CONFIG_MAPS, "").with(read)))
        .hasMessageContaining(
            "resourceVersionMatch is forbidden unless resourceVersion is provided");
  }

  private WatchStream watch(ReadOptions read) {
    return ((Watching) api.answer(api.request(Verb.WATCH, Resources.CONFIG_MAPS, "").with(read)))
        .stream();
  }

  private static List<String> seen(WatchStream stream) {
    List<String> seen = new ArrayList<>();
    for (List<Event> events = stream.poll(10); !events.isEmpty(); events = stream.poll(10)) {
      for (Event event : events) {
        String name = event.stored() == null ? "" : " " + event.stored().key().name();
        seen.add(event.type() + name);
      }
    }
    return seen;
  }
}
