package io.kuber.server.route;

import io.kuber.api.ApiException;
import io.kuber.api.ApiRequest;
import io.kuber.api.ApiRequest.Body;
import io.kuber.api.StatusReason;
import io.kuber.client.Client.PatchType;
import io.kuber.http.Request;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import io.kuber.resource.Verb;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.format.MediaType;
import io.kuber.server.format.Protobufs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What clients send along: objects in the formats that they may come in, and patches. */
final class Bodies {
  /** How much of a body that cannot be read is shown to its sender. */
  private static final int SUMMARY_BYTES = 30;

  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  private static final String UNKNOWN_FORMAT =
      "the body of the request was in an unknown format - accepted media types include:"
          + " application/json, application/yaml";

  private Bodies() {}

  /**
   * The request with its body read; input that cannot be read is a BadRequest that says why.
   *
   * @param hasMessage whether the object may come as protobuf; options of a delete always may
   */
  static ApiRequest withBody(ApiRequest asked, ServerRequest request, boolean hasMessage) {
    Request http = request.request();
    String contentType = http.headers().first("Content-Type").orElse("");
    try {
      return switch (asked.verb()) {
        case CREATE, UPDATE -> asked.with(whole(http.body(), contentType, hasMessage));
        case PATCH -> asked.with(patch(http.body(), contentType));
        case DELETE, DELETE_COLLECTION ->
            http.body().length == 0 ? asked : asked.with(whole(http.body(), contentType, true));
        case GET, LIST, WATCH -> asked;
      };
    } catch (MalformedException e) {
      throw new ApiException(StatusReason.BAD_REQUEST, unreadable(asked, http.body(), e));
    }
  }

  /** The texts are those of k8s.io/apiserver, pkg/endpoints/handlers/rest.go. */
  private static String unreadable(ApiRequest asked, byte[] body, MalformedException e) {
    return asked.verb() == Verb.PATCH
        ? "error decoding patch: " + e.getMessage()
        : "the object provided is unrecognized (must be of type "
            + asked.type().kind()
            + "): "
            + e.getMessage()
            + " ("
            + summary(body)
            + ")";
  }

  /** The beginning of a body, as text where it looks like JSON. */
  private static String summary(byte[] body) {
    if (body.length == 0) {
      return "<empty>";
    }
    byte[] start = Arrays.copyOf(body, Math.min(SUMMARY_BYTES, body.length));
    String shown =
        body[0] == '{'
            ? new String(start, StandardCharsets.UTF_8)
            : HexFormat.of().formatHex(start);
    return body.length > SUMMARY_BYTES ? shown + " ..." : shown;
  }

  private static Body whole(byte[] body, String contentType, boolean hasMessage) {
    List<String> complaints = new ArrayList<>();
    Tree object =
        switch (MediaType.ofContent(contentType).type()) {
          case "application/json" -> Json.parse(body, field -> complaints.add(duplicate(field)));
          case "application/yaml" -> Yaml.parse(body, field -> complaints.add(duplicate(field)));
          case PROTOBUF -> {
            if (!hasMessage) {
              throw unsupported(UNKNOWN_FORMAT);
            }
            yield Protobufs.decode(body);
          }
          default -> throw unsupported(UNKNOWN_FORMAT + ", " + PROTOBUF);
        };
    return new Body.Whole(object, complaints);
  }

  private static String duplicate(String field) {
    return "duplicate field \"" + field + "\"";
  }

  private static Body patch(byte[] body, String contentType) {
    PatchType type =
        switch (MediaType.ofContent(contentType).type()) {
          case "application/json-patch+json" -> PatchType.JSON;
          case "application/merge-patch+json" -> PatchType.MERGE;
          case "application/strategic-merge-patch+json" -> PatchType.STRATEGIC;
          case "application/apply-patch+yaml" -> PatchType.APPLY;
          default ->
              throw unsupported(
                  "the body of the request was in an unknown format - accepted media types"
                      + " include: application/json-patch+json, application/merge-patch+json,"
                      + " application/strategic-merge-patch+json, application/apply-patch+yaml");
        };
    return type == PatchType.APPLY
        ? configuration(body)
        : new Body.Patch(type, Json.parseValue(body));
  }

  /** Programs send their configurations as JSON, which is YAML too but much faster to read. */
  private static Body configuration(byte[] body) {
    List<String> complaints = new ArrayList<>();
    try {
      Tree config =
          body.length > 0 && body[0] == '{'
              ? Json.parse(body, field -> complaints.add(duplicate(field)))
              : Yaml.parse(body, complaints::add);
      return new Body.Patch(PatchType.APPLY, config, complaints);
    } catch (MalformedException e) {
      throw new ApiException(StatusReason.BAD_REQUEST, "error decoding YAML: " + e.getMessage());
    }
  }

  private static ApiException unsupported(String message) {
    return new ApiException(StatusReason.UNSUPPORTED_MEDIA_TYPE, message);
  }
}
