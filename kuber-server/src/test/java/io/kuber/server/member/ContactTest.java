package io.kuber.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.raft.Member;
import io.kuber.raft.MemberStatus;
import io.kuber.raft.MemberStatus.Role;
import io.kuber.raft.Quorum;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether a server that has lost its leader counts as ready. */
final class ContactTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Quorum PRESENT = new Quorum(List.of(member("a", Role.LEADER)));
  private static final Quorum LOST =
      new Quorum(
          List.of(member("a", Role.FOLLOWER), member("b", Role.AWAY), member("c", Role.AWAY)));

  private Quorum quorum = PRESENT;
  private final Contact contact = new Contact(() -> quorum);

  private static MemberStatus member(String name, Role role) {
    return new MemberStatus(
        new Member(name, name, name + ":7443", name + ":6443"),
        role,
        1,
        1,
        0,
        role == Role.AWAY ? NOW : null);
  }

  @Test
  void staysReadyThroughAnElection() {
    quorum = LOST;
    contact.look(NOW);
    assertThat(contact.failure(NOW.plusSeconds(9))).isEmpty();
    quorum = PRESENT;
    contact.look(NOW.plusSeconds(9));
    quorum = LOST;
    contact.look(NOW.plusSeconds(11));
    assertThat(contact.failure(NOW.plusSeconds(20))).isEmpty();
  }

  @Test
  void saysSinceWhenThereIsNoLeaderAndWhoIsMissing() {
    quorum = LOST;
    contact.look(NOW);
    contact.look(NOW.plusSeconds(5));
    assertThat(contact.failure(NOW.plus(Contact.PATIENCE)))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .startsWith("no leader since 2026-01-01T00:00:00Z: 1 of 3 servers")
                    .contains("b (b:7443) since 2026-01-01T00:00:00Z"));
  }
}
