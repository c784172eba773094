package io.kuber.raft;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.protocol.RaftPeer;

/**
 * Members as Ratis keeps them. Name and address for clients stand where Ratis has an address for a
 * protocol that is switched off: its own field for clients says where gRPC of clients goes.
 */
final class Peers {
  private static final String BETWEEN = "@";
  private static final Splitter PARTS = Splitter.on(BETWEEN).limit(2);

  private Peers() {}

  static RaftPeer of(Member member) {
    RaftPeer.Builder peer =
        RaftPeer.newBuilder()
            .setId(member.id())
            .setDataStreamAddress(member.name() + BETWEEN + member.clientAddress());
    if (!member.peerAddress().isEmpty()) {
      peer.setAddress(member.peerAddress());
    }
    return peer.build();
  }

  static Member member(RaftPeer peer) {
    return member(
        peer.getId().toString(), text(peer.getAddress()), text(peer.getDataStreamAddress()));
  }

  static Member member(RaftPeerProto peer) {
    return member(peer.getId().toStringUtf8(), peer.getAddress(), peer.getDataStreamAddress());
  }

  static RaftPeer peer(RaftPeerProto peer) {
    return with(peer.getPriority(), of(member(peer)));
  }

  private static RaftPeer with(int priority, RaftPeer peer) {
    return RaftPeer.newBuilder(peer).setPriority(priority).build();
  }

  /** All of them and one more, or the one in the place of its former self. */
  static List<RaftPeer> with(RaftPeer one, List<RaftPeer> all) {
    boolean moved = all.stream().anyMatch(peer -> peer.getId().equals(one.getId()));
    int before = all.stream().mapToInt(RaftPeer::getPriority).max().orElse(0);
    // Ratis takes no notice of an address that changes, but it does of priorities. They are always
    // the same for all: a higher one would pull leadership to itself.
    int priority = moved ? 1 - before : before;
    return Stream.concat(
            all.stream().filter(peer -> !peer.getId().equals(one.getId())), Stream.of(one))
        .map(peer -> with(priority, peer))
        .toList();
  }

  private static String text(String orNull) {
    return orNull == null ? "" : orNull;
  }

  private static Member member(String id, String address, String names) {
    List<String> parts = PARTS.splitToList(names);
    return parts.size() == 2
        ? new Member(id, parts.get(0), address, parts.get(1))
        : new Member(id, id, address, "");
  }
}
