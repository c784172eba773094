package io.kuber.server.format;

import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import io.kuber.resource.Served;
import io.kuber.schema.Schemas;
import io.kuber.schema.proto.ProtoCodec;

/** Objects in the protobuf encoding of Kubernetes. */
public final class Protobufs {
  private static final ProtoCodec CODEC = ProtoCodec.of(Schemas.builtIn());

  private Protobufs() {}

  /** Whether what a path shows has a message; custom resources have none, though a Scale has. */
  public static boolean know(Served served, String subresource) {
    return !served.version().schema().isCustom() || subresource.equals("scale");
  }

  /** Throws {@link MalformedException} when the bytes are no object that the schema knows. */
  public static Tree decode(byte[] body) {
    return CODEC.decode(body);
  }

  /** One object, behind the four bytes that tell the encoding. */
  public static byte[] encode(Tree object) {
    return CODEC.encode(object);
  }

  /** What precedes the items of a list, which have {@code itemBytes} in all. */
  public static byte[] listHead(Tree list, long itemBytes) {
    return CODEC.listHead(list, itemBytes);
  }

  /** One item of a list. */
  public static byte[] listItem(Tree object) {
    return CODEC.listItem(object);
  }

  /** What follows the items of a list. */
  public static byte[] listTail() {
    return ProtoCodec.listTail();
  }

  /** One event of a watch, with its length in front. */
  public static byte[] event(String type, Tree object) {
    return ProtoCodec.watchFrame(type, CODEC.encode(object));
  }
}
