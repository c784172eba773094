package io.kuber.raft;

import com.google.common.base.Splitter;
import java.util.List;
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
    return of(member(peer));
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
