package io.kuber.server.route;

import io.kuber.api.ApiAnswer;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.route.Format.Encoding;
import io.kuber.store.Stored;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/** Answers of the API as HTTP responses. */
final class Answers {
  private Answers() {}

  static Response response(
      ApiAnswer answer, Format format, Kind kind, InstantSource clock, ServerRequest request) {
    Format shown = isForeign(answer, kind) ? format.asObject() : format;
    Rendering rendering = new Rendering(shown, kind, clock, request);
    if (answer instanceof ApiAnswer.One one) {
      return one(one, rendering);
    }
    if (answer instanceof ApiAnswer.Many many) {
      return of(200, rendering, many(many, rendering));
    }
    if (answer instanceof ApiAnswer.Success success) {
      return status(success, format);
    }
    throw new IllegalStateException("a watch is not answered with one body");
  }

  /** Whether the answer is of another kind than the resource, as a Scale or a TokenReview is. */
  private static boolean isForeign(ApiAnswer answer, Kind kind) {
    return answer instanceof ApiAnswer.One one
        && !one.object().tree().text("kind").equals(kind.type().kind());
  }

  private static Response one(ApiAnswer.One one, Rendering rendering) {
    Stored stored = one.stored();
    byte[] body =
        stored != null && rendering.isVerbatim()
            ? Splice.json(stored)
            : rendering.encoded(rendering.shaped(one.object()));
    Response response = of(one.created() ? 201 : 200, rendering, body);
    for (String warning : Warnings.headers(one.warnings())) {
      response = response.with("Warning", warning);
    }
    return response;
  }

  private static byte[] many(ApiAnswer.Many many, Rendering rendering) {
    Tree.Builder metadata = Tree.builder().put("resourceVersion", many.resourceVersion());
    if (!many.continueToken().isEmpty()) {
      metadata.put("continue", many.continueToken());
    }
    metadata.putIfPresent("remainingItemCount", many.remaining());
    if (rendering.isVerbatim()) {
      return verbatim(many, metadata.build());
    }
    return rendering.encoded(rendering.shapedList(many, metadata.build()));
  }

  /** The bytes of the store one behind the other; only the revisions are put in. */
  private static byte[] verbatim(ApiAnswer.Many many, Tree metadata) {
    List<Stored> entries = many.entries();
    int size = entries.stream().mapToInt(entry -> entry.value().length + 40).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(size + 256);
    write(out, "{\"kind\":\"" + many.kind().type().kind() + "List\",\"apiVersion\":\"");
    write(out, many.kind().type().apiVersion() + "\",\"metadata\":");
    out.writeBytes(Json.print(metadata));
    write(out, ",\"items\":[");
    for (int i = 0; i < entries.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      Splice.write(entries.get(i), entries.get(i).revision(), out);
    }
    write(out, "]}");
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String ascii) {
    out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  private static Response status(ApiAnswer.Success success, Format format) {
    int code = success.created() ? 201 : 200;
    return format.encoding() == Encoding.PROTOBUF
        ? Response.of(code, format.encoding().mediaType(), Protobufs.encode(success.status()))
        : Response.of(code, "application/json", Json.print(success.status()));
  }

  private static Response of(int code, Rendering rendering, byte[] body) {
    return Response.of(code, contentType(rendering.format()), body).with("Vary", "Accept");
  }

  static String contentType(Format format) {
    String base = format.encoding().mediaType();
    return switch (format.shape()) {
      case OBJECT -> base;
      case TABLE -> base + ";as=Table;v=" + format.version() + ";g=meta.k8s.io";
      case PARTIAL -> base;
    };
  }

  /** People who look with a browser or with curl get JSON that they can read. */
  static boolean wantsPretty(ServerRequest request) {
    if (request.request().query().has("pretty")) {
      return request.request().query().isTrue("pretty");
    }
    String agent = request.request().headers().first("User-Agent").orElse("");
    return agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0");
  }
}
