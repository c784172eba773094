package io.kuber.server.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.json.Json;
import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How an answer is to look: its encoding and the shape that the object is turned into.
 *
 * @param version the version of {@code meta.k8s.io} in which a table or partial object is wanted
 */
public record Format(Encoding encoding, Shape shape, String version) {
  private static final Format JSON = new Format(Encoding.JSON, Shape.OBJECT, "");

  private static final String OBJECTS =
      "application/json, application/yaml, application/vnd.kubernetes.protobuf";
  private static final String STREAMS =
      "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";

  /** The encodings that kuber writes. */
  public enum Encoding {
    JSON("application/json"),
    YAML("application/yaml"),
    PROTOBUF("application/vnd.kubernetes.protobuf");

    private final String mediaType;

    Encoding(String mediaType) {
      this.mediaType = mediaType;
    }

    /** As {@code Content-Type} names it. */
    public String mediaType() {
      return mediaType;
    }

    /** An object in this encoding; only JSON can be indented, YAML always is. */
    public byte[] print(Tree object, boolean indented) {
      return indented && this == JSON ? Json.printPretty(object) : print(object);
    }

    /** An object in this encoding. */
    public byte[] print(Tree object) {
      return switch (this) {
        case JSON -> Json.print(object);
        case YAML -> Yaml.print(object).getBytes(UTF_8);
        case PROTOBUF -> Protobufs.encode(object);
      };
    }
  }

  /** The shapes in which an object can be shown. */
  public enum Shape {
    OBJECT,
    TABLE,
    PARTIAL
  }

  /**
   * The first wish of an {@code Accept} header that can be fulfilled; an empty header means JSON.
   * Throws NotAcceptable when there is none.
   *
   * @param hasMessage whether protobuf knows the kind; it knows the metadata of all
   */
  public static Format negotiate(String accept, boolean hasMessage) {
    return first(accept, format -> format.isOf(hasMessage))
        .orElseThrow(() -> notAcceptable(OBJECTS));
  }

  /** As {@link #negotiate}, among the encodings whose objects can follow each other. */
  public static Format ofStream(String accept, boolean hasMessage) {
    return first(accept, format -> format.encoding != Encoding.YAML && format.isOf(hasMessage))
        .orElseThrow(() -> notAcceptable(STREAMS));
  }

  private boolean isOf(boolean hasMessage) {
    return hasMessage || encoding != Encoding.PROTOBUF || shape == Shape.PARTIAL;
  }

  /**
   * The encoding of a failure, which is never a table: JSON where no wish fits, because the failure
   * matters more than its looks (k8s.io/apiserver, pkg/endpoints/handlers/responsewriters).
   */
  public static Encoding ofFailure(String accept) {
    return first(accept, format -> format.shape == Shape.OBJECT).orElse(JSON).encoding;
  }

  /** The same encoding for what has no other shape than its own, such as a Scale. */
  public Format asObject() {
    return new Format(encoding, Shape.OBJECT, "");
  }

  private static Optional<Format> first(String accept, Predicate<Format> served) {
    if (accept.isBlank()) {
      return Optional.of(JSON);
    }
    return MediaType.ofAccept(accept).stream()
        .flatMap(clause -> offer(clause).stream())
        .filter(served)
        .findFirst();
  }

  private static Optional<Format> offer(MediaType clause) {
    Optional<Encoding> encoding = encoding(clause.type());
    Optional<Shape> shape = shape(clause);
    if (encoding.isEmpty() || shape.isEmpty()) {
      return Optional.empty();
    }
    if (shape.get() == Shape.TABLE && encoding.get() == Encoding.PROTOBUF) {
      return Optional.empty();
    }
    return Optional.of(new Format(encoding.get(), shape.get(), clause.parameter("v")));
  }

  private static Optional<Encoding> encoding(String type) {
    return switch (type) {
      case "application/json", "application/*", "*/*" -> Optional.of(Encoding.JSON);
      case "application/yaml" -> Optional.of(Encoding.YAML);
      case "application/vnd.kubernetes.protobuf" -> Optional.of(Encoding.PROTOBUF);
      default -> Optional.empty();
    };
  }

  private static Optional<Shape> shape(MediaType clause) {
    boolean known =
        clause.parameter("g").equals("meta.k8s.io")
            && (clause.parameter("v").equals("v1") || clause.parameter("v").equals("v1beta1"));
    return switch (clause.parameter("as")) {
      case "" -> Optional.of(Shape.OBJECT);
      case "Table" -> known ? Optional.of(Shape.TABLE) : Optional.empty();
      case "PartialObjectMetadata", "PartialObjectMetadataList" ->
          known ? Optional.of(Shape.PARTIAL) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static ApiException notAcceptable(String offered) {
    return new ApiException(
        StatusReason.NOT_ACCEPTABLE, "only the following media types are accepted: " + offered);
  }
}
