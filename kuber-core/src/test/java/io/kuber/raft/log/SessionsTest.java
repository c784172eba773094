package io.kuber.raft.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.store.AppliedState;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.TreeImage;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Key WEB = new Key("pods", "default", "web");

  private final LogState state = new LogState(new AppliedState(TreeImage.EMPTY));

  @Test
  void aSecondCopyDoesNotBringBackWhatWasDeleted() {
    var create = entry(1, 1, new Command.Put(WEB, 0, "{}".getBytes(UTF_8)));
    assertThat(state.apply(create)).isPresent();
    assertThat(state.apply(entry(2, 1, new Command.Delete(WEB, 1, "{}".getBytes(UTF_8)))))
        .isPresent();
    assertThat(state.apply(create)).isEmpty();
    assertThat(state.image().get(WEB)).isNull();
  }

  @Test
  void whatIsBelowTheFloorIsACopyOrGivenUp() {
    assertThat(state.apply(entry(5, 3))).isPresent();
    assertThat(state.apply(entry(2, 2))).isEmpty();
    assertThat(state.apply(entry(3, 3))).isPresent();
    assertThat(state.apply(entry(4, 4))).isPresent();
    assertThat(state.apply(entry(3, 3))).isEmpty();
  }

  @Test
  void isTheSameAfterASnapshot() throws IOException {
    Sessions sessions = new Sessions();
    LongStream.range(0, 20).forEach(number -> sessions.admit(entry(number, number / 2)));
    Sessions read = Sessions.of(sessions.toBytes());
    assertThat(read.toBytes()).isEqualTo(sessions.toBytes());
    assertThat(read.admit(entry(19, 10))).isFalse();
    assertThat(read.admit(entry(20, 10))).isTrue();
    assertThat(Sessions.of(new byte[0]).admit(entry(0, 0))).isTrue();
  }

  @Test
  void forgetsTheSessionThatWasUsedLongestAgo() {
    Sessions sessions = new Sessions();
    for (long session = 0; session < 100; session++) {
      sessions.admit(new LogEntry.Commands(new OperationId(session, 7), 0, List.of()));
    }
    assertThat(sessions.toBytes()).hasSizeLessThan(100 * 28);
    assertThat(sessions.admit(new LogEntry.Commands(new OperationId(99, 7), 0, List.of())))
        .isFalse();
    assertThat(sessions.admit(new LogEntry.Commands(new OperationId(0, 7), 0, List.of()))).isTrue();
  }

  private static LogEntry.Commands entry(long number, long floor, Command... commands) {
    return new LogEntry.Commands(new OperationId(42, number), floor, List.of(commands));
  }
}
