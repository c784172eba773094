package io.kuber.boot;

import io.kuber.raft.MemberStatus;
import io.kuber.raft.MemberStatus.Role;
import io.kuber.raft.Members;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Before a server stops on purpose it lets another one lead: that takes less than an election. */
final class HandOver {
  private static final long LIMIT_SECONDS = 3;
  private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

  private HandOver() {}

  /**
   * The server that is to lead next: the one that lacks least; empty when it is not for us to say.
   */
  static Optional<String> successor(String self, List<MemberStatus> members) {
    boolean leads =
        members.stream()
            .anyMatch(
                status -> status.role() == Role.LEADER && status.member().name().equals(self));
    return members.stream()
        .filter(status -> leads && status.role() == Role.FOLLOWER)
        .min(
            Comparator.comparingLong(MemberStatus::lag)
                .thenComparing(status -> status.member().name()))
        .map(status -> status.member().name());
  }

  /** Hands over where there is somebody; when that fails the others elect a leader. */
  static void of(Members members) {
    try {
      List<MemberStatus> now =
          members.status().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      Optional<String> next = successor(members.self().name(), now);
      if (next.isPresent()) {
        members.transfer(next.get()).toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        LOG.info("{} leads from now on", next.get());
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("leadership was not handed over, the others elect: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
