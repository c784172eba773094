package io.kuber.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.check.WatchSession.Bookmark;
import io.kuber.testkit.check.WatchSession.Event;
import io.kuber.testkit.check.WatchSession.Events;
import io.kuber.testkit.check.WatchSession.Kind;
import io.kuber.testkit.check.WatchSession.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchPromisesTest {
  private static final Event A1 = event(Kind.ADDED, "a", 1, "red 1", null);
  private static final Event B2 = event(Kind.ADDED, "b", 2, "red 2", null);
  private static final Event A3 = event(Kind.MODIFIED, "a", 3, "red 3", "red 1");
  private static final Event B4 = event(Kind.MODIFIED, "b", 4, "blue 4", "red 2");
  private static final Event A5 = event(Kind.DELETED, "a", 5, "red 3", "red 3");
  private static final Event A6 = event(Kind.ADDED, "a", 6, "red 6", null);

  private final ChangeLog truth = new ChangeLog();

  @BeforeEach
  void whatHappened() {
    truth.add("store", new Change(1, "a", false, "red 1"));
    truth.add("store", new Change(2, "b", false, "red 2"));
    truth.add("store", new Change(3, "a", false, "red 3"));
    truth.add("store", new Change(4, "b", false, "blue 4"));
    truth.add("store", new Change(5, "a", true, "red 3"));
    truth.add("store", new Change(6, "a", false, "red 6"));
  }

  @Test
  void acceptsAllThatHappened() {
    assertThat(broken(0, events(A1, B2), events(A3), new Bookmark(3), events(B4, A5, A6)))
        .isEmpty();
    assertThat(broken(3, events(B4, A5, A6), new Bookmark(6))).isEmpty();
    assertThat(broken(3, events(B4), new Bookmark(4))).isEmpty();
    assertThat(broken(6)).isEmpty();
  }

  @Test
  void acceptsAFilteredWatchThatShowsObjectsComeAndGo() {
    WatchFilter red = (key, value) -> value.startsWith("red");
    Event gone = event(Kind.DELETED, "b", 4, "red 2", "red 2");
    assertThat(broken(red, 0, events(A1, B2, A3, gone, A5, A6))).isEmpty();
    WatchFilter blue = (key, value) -> value.startsWith("blue");
    assertThat(broken(blue, 0, events(event(Kind.ADDED, "b", 4, "blue 4", "red 2")))).isEmpty();
    assertThat(broken(WatchFilter.prefix("b"), 0, events(B2, B4), new Bookmark(6))).isEmpty();
  }

  @Test
  void seesEventsOutOfOrder() {
    assertThat(broken(0, events(A1, A3, B2))).containsExactly(WatchPromise.ORDERED);
  }

  @Test
  void seesAnEventThatComesTwice() {
    assertThat(broken(0, events(A1, B2, B2, A3))).containsExactly(WatchPromise.UNIQUE);
  }

  @Test
  void seesARevisionInTwoResponses() {
    assertThat(broken(0, events(A1, B2), events(B2, A3))).contains(WatchPromise.ATOMIC);
    assertThat(broken(0, events(A1, B2), events(event(Kind.ADDED, "c", 2, "", null))))
        .contains(WatchPromise.ATOMIC)
        .doesNotContain(WatchPromise.UNIQUE);
  }

  @Test
  void seesAnEventThatIsMissingInBetween() {
    assertThat(broken(0, events(A1, A3))).containsExactly(WatchPromise.RELIABLE);
  }

  @Test
  void seesAnEventThatNeverHappened() {
    assertThat(broken(6, events(event(Kind.ADDED, "c", 7, "red 7", null))))
        .containsExactly(WatchPromise.RELIABLE);
    assertThat(broken(0, events(event(Kind.ADDED, "a", 1, "green", null))))
        .containsExactly(WatchPromise.RELIABLE);
    assertThat(broken(0, events(event(Kind.ADDED, "c", 1, "red 1", null))))
        .containsExactly(WatchPromise.RELIABLE);
  }

  @Test
  void seesADeletionThatWasNone() {
    assertThat(broken(2, events(event(Kind.DELETED, "a", 3, "red 1", "red 1"))))
        .containsExactly(WatchPromise.RELIABLE);
  }

  @Test
  void seesAWatchThatDoesNotGoOnWhereItWasOpened() {
    assertThat(broken(2, events(B4))).containsExactly(WatchPromise.RESUMABLE);
    assertThat(broken(2, events(B2, A3))).containsExactly(WatchPromise.RESUMABLE);
  }

  @Test
  void seesABookmarkBeforeItsEvents() {
    assertThat(broken(2, new Bookmark(3))).containsExactly(WatchPromise.BOOKMARKABLE);
    assertThat(broken(2, events(A3), new Bookmark(4), events(B4)))
        .containsExactly(WatchPromise.BOOKMARKABLE, WatchPromise.BOOKMARKABLE);
  }

  @Test
  void seesAWrongStateBefore() {
    assertThat(broken(2, events(event(Kind.MODIFIED, "a", 3, "red 3", "red 2"))))
        .containsExactly(WatchPromise.PREVIOUS_VALUE);
    assertThat(broken(0, events(event(Kind.ADDED, "a", 1, "red 1", "red 0"))))
        .containsExactly(WatchPromise.PREVIOUS_VALUE);
  }

  @Test
  void seesAnAdditionThatWasNoneAndOneThatIsCalledAChange() {
    assertThat(broken(2, events(event(Kind.ADDED, "a", 3, "red 3", null))))
        .containsExactly(WatchPromise.IS_CREATE);
    assertThat(broken(5, events(event(Kind.MODIFIED, "a", 6, "red 6", null))))
        .containsExactly(WatchPromise.IS_CREATE);
  }

  @Test
  void seesWhatTheFilterShouldHaveKeptBack() {
    assertThat(broken(WatchFilter.prefix("a"), 0, events(A1, B2, A3)))
        .containsExactly(WatchPromise.FILTER);
  }

  @Test
  void acceptsRightHistoriesHoweverTheyArrive() {
    for (long seed = 0; seed < 100; seed++) {
      ChangeLog happened = RightHistories.of(seed, 300).truth();
      Random random = new Random(seed);
      long after = random.nextInt(20);
      List<Response> responses = new ArrayList<>();
      List<Event> together = new ArrayList<>();
      for (Change change : happened.between(after, Long.MAX_VALUE)) {
        together.add(shown(happened, change));
        if (random.nextInt(3) == 0) {
          responses.add(new Events(together));
          together.clear();
          if (random.nextBoolean()) {
            responses.add(new Bookmark(change.revision()));
          }
        }
      }
      WatchSession session = new WatchSession("w", WatchFilter.ALL, after, responses);
      assertThat(WatchPromises.check(happened, session)).as("seed %d", seed).isEmpty();
    }
  }

  private static Event shown(ChangeLog happened, Change change) {
    Change before = happened.before(change);
    Kind kind = change.deleted() ? Kind.DELETED : before == null ? Kind.ADDED : Kind.MODIFIED;
    String previous = before == null ? null : before.value();
    return event(kind, change.key(), change.revision(), change.value(), previous);
  }

  private List<WatchPromise> broken(long after, Response... responses) {
    return broken(WatchFilter.ALL, after, responses);
  }

  private List<WatchPromise> broken(WatchFilter filter, long after, Response... responses) {
    WatchSession session = new WatchSession("w", filter, after, Arrays.asList(responses));
    return WatchPromises.check(truth, session).stream().map(WatchPromises.Broken::promise).toList();
  }

  private static Response events(Event... events) {
    return new Events(List.of(events));
  }

  private static Event event(
      Kind kind, String key, long revision, String value, @Nullable String previous) {
    return new Event(kind, key, revision, value, previous);
  }
}
