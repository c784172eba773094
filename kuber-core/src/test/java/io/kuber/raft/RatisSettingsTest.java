package io.kuber.raft;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.retry.MultipleLinearRandomRetry;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.util.TimeDuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings on which promises rest, as Ratis reads them. */
class RatisSettingsTest {
  private static final Path STORAGE = Path.of("data");

  static Stream<RaftProperties> all() {
    return Stream.of(
        RatisSettings.alone(STORAGE, LogLimits.USUAL),
        RatisSettings.peered(STORAGE, LogLimits.USUAL, false),
        RatisSettings.peered(STORAGE, LogLimits.USUAL, true));
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingIsAcknowledgedBeforeItIsSynced(RaftProperties settings) {
    assertThat(Log.asyncFlushEnabled(settings)).isFalse();
    assertThat(Log.unsafeFlushEnabled(settings)).isFalse();
    assertThat(Log.StateMachineData.cachingEnabled(settings)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("all")
  void damageIsAnError(RaftProperties settings) {
    assertThat(Log.corruptionPolicy(settings)).isEqualTo(Log.CorruptionPolicy.EXCEPTION);
  }

  @ParameterizedTest
  @MethodSource("all")
  void snapshotsAreWrittenBesideTheLogAndShortenItWhoeverIsAway(RaftProperties settings) {
    assertThat(Snapshot.autoTriggerEnabled(settings)).isFalse();
    assertThat(Log.purgeUptoSnapshotIndex(settings)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theLargestEntryFitsIntoTheBufferThatIsWritten(RaftProperties settings) {
    long entry = Log.Appender.bufferByteLimit(settings).getSize();
    assertThat(entry).isGreaterThan(Intake.MAX_VALUE_BYTES);
    assertThat(Log.writeBufferSize(settings).getSize()).isGreaterThanOrEqualTo(entry + 8);
  }

  @ParameterizedTest
  @MethodSource("all")
  void heapIsBounded(RaftProperties settings) {
    assertThat(Log.segmentCacheSizeMax(settings).getSize()).isLessThanOrEqualTo(64L << 20);
    assertThat(RaftServerConfigKeys.RetryCache.expiryTime(settings).getDuration())
        .isLessThanOrEqualTo(2_000);
    assertThat(Log.logMetadataEnabled(settings)).as("a sync of its own per commit").isFalse();
  }

  @ParameterizedTest
  @MethodSource("all")
  void leadershipIsNotLostBecauseAMachineIsBusy(RaftProperties settings) {
    assertThat(RaftServerConfigKeys.Rpc.timeoutMin(settings).toLong(MILLISECONDS))
        .isGreaterThanOrEqualTo(1_000);
  }

  /** Ratis would wait up to eight seconds, and after a thousand attempts not at all. */
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100, 1_000, 10_000, 100_000_000})
  void aMemberThatIsAwayIsTriedAgainSoonAndNeverWithoutAPause(int attempts) {
    RaftProperties settings = RatisSettings.peered(STORAGE, LogLimits.USUAL, true);
    TimeDuration pause =
        MultipleLinearRandomRetry.parseCommaSeparated(Log.Appender.retryPolicy(settings))
            .handleAttemptFailure(() -> attempts)
            .getSleepTime();
    assertThat(pause.toLong(MICROSECONDS)).isBetween(1L, 1_000_000L);
  }
}
