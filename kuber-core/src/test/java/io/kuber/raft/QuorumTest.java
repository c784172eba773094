package io.kuber.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.raft.MemberStatus.Role;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuorumTest {
  private static final Instant SINCE = Instant.parse("2024-02-03T04:05:06Z");

  @Test
  void saysThatAllAreThere() {
    assertThat(quorum(Role.LEADER, Role.FOLLOWER, Role.FOLLOWER).text())
        .isEqualTo("all 3 servers are there");
  }

  @Test
  void namesWhoIsMissing() {
    assertThat(quorum(Role.LEADER, Role.FOLLOWER, Role.AWAY).text())
        .isEqualTo(
            "2 of 3 servers are there, 2 are needed; missing: s2 (10.0.0.2:6444) since"
                + " 2024-02-03T04:05:06Z");
  }

  @Test
  void saysWhatToDoWithoutAQuorum() {
    Quorum lost = quorum(Role.FOLLOWER, Role.AWAY, Role.AWAY);
    assertThat(lost.isPresent()).isFalse();
    assertThat(lost.text())
        .startsWith("1 of 3 servers are there, but 2 are needed to write; missing: s1")
        .contains("Reads with resourceVersion=0")
        .endsWith("kuber server recover");
    assertThat(quorum(Role.FOLLOWER, Role.FOLLOWER).text()).contains("electing a leader");
  }

  private static Quorum quorum(Role... roles) {
    return new Quorum(
        IntStream.range(0, roles.length)
            .mapToObj(
                i ->
                    new MemberStatus(
                        new Member("id" + i, "s" + i, "10.0.0." + i + ":6444", ""),
                        roles[i],
                        1,
                        1,
                        0,
                        roles[i] == Role.AWAY ? SINCE : null))
            .toList());
  }
}
