package io.kuber.server.member;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.raft.Member;
import io.kuber.raft.MemberStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Servers as JSON says them. */
final class MemberText {
  private MemberText() {}

  /** The answer to who there is. */
  static Tree list(List<MemberStatus> members) {
    return Tree.of(
        "kind", "ServerList", "items", Items.copyOf(members.stream().map(MemberText::of).toList()));
  }

  private static Tree of(MemberStatus status) {
    Member member = status.member();
    Tree.Builder tree =
        Tree.builder()
            .put("name", member.name())
            .put("id", member.id())
            .put("role", status.role().name().toLowerCase(Locale.ROOT))
            .put("term", status.term())
            .put("applied", status.applied())
            .put("lag", status.lag())
            .put("peerAddress", member.peerAddress())
            .put("address", member.clientAddress());
    Instant silentSince = status.silentSince();
    if (silentSince != null) {
      tree.put("silentSince", silentSince.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    return tree.build();
  }

  /** A server that wants to be added; throws {@link IllegalArgumentException} on a bad name. */
  static Member member(Tree said) {
    return new Member(
        said.text("id"), said.text("name"), said.text("peerAddress"), said.text("address"));
  }

  static Tree of(Member member) {
    return Tree.of(
        "id", member.id(),
        "name", member.name(),
        "peerAddress", member.peerAddress(),
        "address", member.clientAddress());
  }
}
