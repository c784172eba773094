package io.kuber.raft;

import io.kuber.raft.log.LogEntry.Compare;
import io.kuber.raft.log.LogEntry.Report;
import io.kuber.store.Digest;
import io.kuber.store.TreeImage;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of what the members have: each reports the digest of its image at the same place
 * of the log, and each judges itself. Owner thread: the one that applies.
 */
final class Comparison {
  private final String self;
  private @Nullable Compare question;
  private @Nullable Report own;
  private final Map<String, Report> reports = new HashMap<>();

  Comparison(String self) {
    this.self = self;
  }

  /** Begins with a question, and says what this member has to report. */
  Report begin(Compare asked, TreeImage image) {
    question = asked;
    own = new Report(asked.round(), self, image.revision(), image.digest());
    reports.clear();
    return own;
  }

  /**
   * Notes a report. Says what is wrong when this member differs from the majority of {@code
   * members}, or, once all have reported without one, from the member that has asked.
   */
  Optional<String> note(Report report, int members) {
    Compare asked = question;
    Report mine = own;
    if (asked == null || mine == null || report.round() != asked.round()) {
      return Optional.empty();
    }
    reports.put(report.member(), report);
    Optional<Digest> right = right(members, asked.asker());
    if (right.isEmpty() || right.get().equals(mine.digest())) {
      return Optional.empty();
    }
    return Optional.of(
        "the state of this server ("
            + self
            + ") differs from that of the others at revision "
            + mine.revision()
            + ": its digest is "
            + mine.digest()
            + ", theirs "
            + right.get()
            + "; remove this server and let it join anew with an empty directory");
  }

  private Optional<Digest> right(int members, String asker) {
    Map<Digest, Integer> votes = new HashMap<>();
    reports.values().forEach(report -> votes.merge(report.digest(), 1, Integer::sum));
    int most = Collections.max(votes.values());
    if (most > members / 2) {
      return votes.entrySet().stream()
          .filter(vote -> vote.getValue() == most)
          .map(Map.Entry::getKey)
          .findFirst();
    }
    return reports.size() >= members
        ? Optional.ofNullable(reports.get(asker)).map(Report::digest)
        : Optional.empty();
  }
}
