package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.raft.Member;
import io.kuber.raft.MemberStatus;
import io.kuber.raft.MemberStatus.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who leads after a server that stops. */
final class HandOverTest {
  private static MemberStatus member(String name, Role role, long lag) {
    Instant silent = role == Role.AWAY ? Instant.EPOCH : null;
    return new MemberStatus(new Member(name, name, "", ""), role, 1, 10 - lag, lag, silent);
  }

  @Test
  void choosesTheFollowerThatLacksLeast() {
    List<MemberStatus> members =
        List.of(
            member("a", Role.LEADER, 0),
            member("b", Role.FOLLOWER, 3),
            member("c", Role.FOLLOWER, 1),
            member("d", Role.AWAY, 0));
    assertThat(HandOver.successor("a", members)).contains("c");
  }

  @Test
  void leavesItToTheLeader() {
    List<MemberStatus> members =
        List.of(member("a", Role.LEADER, 0), member("b", Role.FOLLOWER, 0));
    assertThat(HandOver.successor("b", members)).isEmpty();
  }

  @Test
  void knowsNobodyWhenAllOthersAreAway() {
    List<MemberStatus> members = List.of(member("a", Role.LEADER, 0), member("b", Role.AWAY, 0));
    assertThat(HandOver.successor("a", members)).isEmpty();
  }
}
