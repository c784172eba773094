package io.kuber.schema.proto;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Objects to and from {@code application/vnd.kubernetes.protobuf}.
 *
 * <p>The bytes are a magic number and a message {@code runtime.Unknown} that names the kind and
 * holds the object's message. Immutable and safe for all threads.
 */
public final class ProtoCodec {
  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final int TYPE_META = 1;
  private static final int RAW = 2;
  private static final int CONTENT_ENCODING = 3;
  private static final int CONTENT_TYPE = 4;

  /** Where every list keeps its items; its metadata is field 1 and goes before them. */
  private static final int ITEMS = 2;

  private final Schemas schemas;

  private ProtoCodec(Schemas schemas) {
    this.schemas = schemas;
  }

  /** A codec of the kinds of {@code schemas} that protobuf knows: all but custom resources. */
  public static ProtoCodec of(Schemas schemas) {
    return new ProtoCodec(schemas);
  }

  Schemas schemas() {
    return schemas;
  }

  /** Whether the bytes begin as protobuf of Kubernetes does. */
  public static boolean isProtobuf(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && bytes[0] == MAGIC[0]
        && bytes[1] == MAGIC[1]
        && bytes[2] == MAGIC[2]
        && bytes[3] == MAGIC[3];
  }

  /** Whether objects of the kind have a protobuf form. */
  public boolean knows(String apiVersion, String kind) {
    return type(apiVersion, kind).isPresent();
  }

  private Optional<TypeSchema> type(String apiVersion, String kind) {
    return schemas.of(apiVersion, kind).filter(TypeSchema::hasNumbers);
  }

  /**
   * The bytes of an object, which must say its {@code apiVersion} and {@code kind}.
   *
   * @throws IllegalArgumentException when protobuf does not know the kind; ask {@link #knows} first
   */
  public byte[] encode(Tree object) {
    String apiVersion = object.text("apiVersion");
    String kind = object.text("kind");
    TypeSchema type = known(apiVersion, kind);
    ProtoWriter writer = opened(apiVersion, kind);
    writer.message(RAW, raw -> MessageEncoder.write(this, raw, object, type));
    close(writer);
    return writer.toBytes();
  }

  private TypeSchema known(String apiVersion, String kind) {
    return type(apiVersion, kind)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "protobuf does not know the kind " + apiVersion + " " + kind));
  }

  private static ProtoWriter opened(String apiVersion, String kind) {
    ProtoWriter writer = new ProtoWriter();
    writer.raw(MAGIC);
    writer.message(
        TYPE_META,
        meta -> {
          meta.text(1, apiVersion);
          meta.text(2, kind);
        });
    return writer;
  }

  private static void close(ProtoWriter writer) {
    writer.text(CONTENT_ENCODING, "");
    writer.text(CONTENT_TYPE, "");
  }

  /**
   * What stands before the items of a list that is written piece by piece: as {@link #encode} would
   * begin it.
   *
   * @param list kind, apiVersion and metadata of the list, without items
   * @param itemBytes the length of all that {@link #listItem} gives for its items
   */
  public byte[] listHead(Tree list, long itemBytes) {
    String apiVersion = list.text("apiVersion");
    String kind = list.text("kind");
    TypeSchema type = known(apiVersion, kind);
    ProtoWriter head = new ProtoWriter();
    MessageEncoder.write(this, head, list, type);
    byte[] fields = head.toBytes();
    ProtoWriter writer = opened(apiVersion, kind);
    writer.opening(RAW, fields.length + itemBytes);
    writer.raw(fields);
    return writer.toBytes();
  }

  /** One item of a list: the field that it is, without the envelope of an object of its own. */
  public byte[] listItem(Tree object) {
    TypeSchema type = known(object.text("apiVersion"), object.text("kind"));
    ProtoWriter writer = new ProtoWriter();
    writer.message(ITEMS, item -> MessageEncoder.write(this, item, object, type));
    return writer.toBytes();
  }

  /** What stands behind the last item of a list. */
  public static byte[] listTail() {
    ProtoWriter writer = new ProtoWriter();
    close(writer);
    return writer.toBytes();
  }

  /** The object in the bytes, with {@code apiVersion} and {@code kind}. */
  public Tree decode(byte[] bytes) {
    return decode(bytes, "", "");
  }

  /**
   * The object in the bytes. Fields that the schema lacks are skipped.
   *
   * @param bytes as a client sent them
   * @param apiVersion taken when the bytes do not say
   * @param kind taken when the bytes do not say
   * @throws MalformedException when the bytes are not protobuf, or of a kind that it does not know
   */
  public Tree decode(byte[] bytes, String apiVersion, String kind) {
    return decode(bytes, apiVersion, kind, 0);
  }

  /** An object inside an object, {@code depth} messages deep. */
  Tree decodeInner(byte[] bytes, int depth) {
    return decode(bytes, "", "", depth + 1);
  }

  private Tree decode(byte[] bytes, String apiVersion, String kind, int depth) {
    if (!isProtobuf(bytes)) {
      throw new MalformedException(
          "provided data does not appear to be a protobuf message, expected prefix k8s\\x00");
    }
    Unknown unknown = Unknown.read(ProtoReader.of(bytes, MAGIC.length, depth), apiVersion, kind);
    if (unknown.contentType.equals("application/json")) {
      return Json.parse(unknown.raw);
    }
    TypeSchema type =
        type(unknown.apiVersion, unknown.kind)
            .orElseThrow(
                () ->
                    new MalformedException(
                        "no kind \""
                            + unknown.kind
                            + "\" is registered for version \""
                            + unknown.apiVersion
                            + "\" in protobuf"));
    Tree.Builder tree =
        Tree.builder().put("kind", unknown.kind).put("apiVersion", unknown.apiVersion);
    return MessageDecoder.decodeInto(tree, this, ProtoReader.of(unknown.raw, 0, depth), type)
        .build();
  }

  /**
   * One event of a watch as it goes over the wire: the length in four bytes, then a bare message
   * {@code WatchEvent} around the object (event streams have no magic number of their own).
   *
   * @param type {@code ADDED}, {@code MODIFIED}, {@code DELETED}, {@code BOOKMARK} or {@code ERROR}
   * @param object as {@link #encode} made it
   */
  public static byte[] watchFrame(String type, byte[] object) {
    ProtoWriter event = new ProtoWriter();
    event.text(1, type);
    event.message(2, raw -> raw.bytes(1, object));
    byte[] bytes = event.toBytes();
    return ByteBuffer.allocate(Integer.BYTES + bytes.length)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  /** The message around every object. */
  private static final class Unknown {
    private String apiVersion;
    private String kind;
    private byte[] raw = {};
    private String contentType = "";

    private Unknown(String apiVersion, String kind) {
      this.apiVersion = apiVersion;
      this.kind = kind;
    }

    static Unknown read(ProtoReader message, String apiVersion, String kind) {
      Unknown unknown = new Unknown(apiVersion, kind);
      while (message.next()) {
        switch (message.field()) {
          case TYPE_META -> unknown.readMeta(message.message());
          case RAW -> unknown.raw = message.bytes();
          case CONTENT_TYPE -> unknown.contentType = message.text();
          default -> message.skip();
        }
      }
      return unknown;
    }

    private void readMeta(ProtoReader meta) {
      while (meta.next()) {
        String text = meta.text();
        if (meta.field() == 1 && !text.isEmpty()) {
          apiVersion = text;
        } else if (meta.field() == 2 && !text.isEmpty()) {
          kind = text;
        }
      }
    }
  }
}
