package io.kuber.raft;

import io.kuber.raft.MemberStatus.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether enough servers are there to agree, and who is missing. */
public record Quorum(List<MemberStatus> members) {
  /** Copies the list, in the order of names. */
  public Quorum {
    members =
        members.stream().sorted(Comparator.comparing(status -> status.member().name())).toList();
  }

  /** Whether a leader is known, so that writes can be acknowledged. */
  public boolean isPresent() {
    return members.stream().anyMatch(status -> status.role() == Role.LEADER);
  }

  /** How many members have to agree on every write. */
  public int needed() {
    return members.size() / 2 + 1;
  }

  /** The members that have not been heard for a while. */
  public List<MemberStatus> missing() {
    return members.stream().filter(status -> status.role() == Role.AWAY).toList();
  }

  /** The state in words for a person: who is missing since when, what still works, what to do. */
  public String text() {
    int there = members.size() - missing().size();
    String counted = there + " of " + members.size() + " servers are there, ";
    if (isPresent()) {
      return missing().isEmpty()
          ? members.size() == 1
              ? "the only server is there"
              : "all " + members.size() + " servers are there"
          : counted + needed() + " are needed; missing: " + names();
    }
    return missing().isEmpty()
        ? "the servers are electing a leader; writes wait"
        : counted
            + "but "
            + needed()
            + " are needed to write; missing: "
            + names()
            + ". Reads with resourceVersion=0 and open watches go on. Start the missing servers; if"
            + " their disks are lost, stop this one and run: kuber server recover";
  }

  private String names() {
    return missing().stream()
        .map(status -> status.member() + " since " + seconds(status.silentSince()))
        .collect(Collectors.joining(", "));
  }

  private static String seconds(@Nullable Instant time) {
    return time == null ? "unknown" : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
