package io.kuber.server.route;

import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import io.kuber.schema.Schemas;
import io.kuber.schema.proto.ProtoCodec;

/** Objects in the protobuf encoding of Kubernetes. */
final class Protobufs {
  private static final ProtoCodec CODEC = ProtoCodec.of(Schemas.builtIn());

  private Protobufs() {}

  /** Throws {@link MalformedException} when the bytes are no object that the schema knows. */
  static Tree decode(byte[] body) {
    return CODEC.decode(body);
  }

  static byte[] encode(Tree object) {
    return CODEC.encode(object);
  }

  static byte[] listHead(Tree list, long itemBytes) {
    return CODEC.listHead(list, itemBytes);
  }

  static byte[] listItem(Tree object) {
    return CODEC.listItem(object);
  }

  static byte[] listTail() {
    return ProtoCodec.listTail();
  }

  static byte[] event(String type, Tree object) {
    return ProtoCodec.watchFrame(type, CODEC.encode(object));
  }
}
