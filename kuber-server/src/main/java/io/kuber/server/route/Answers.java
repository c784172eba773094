package io.kuber.server.route;

import io.kuber.api.ApiAnswer;
import io.kuber.http.Headers;
import io.kuber.http.Response;
import io.kuber.resource.Served;
import io.kuber.server.chain.Indentation;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.format.Format;
import io.kuber.store.Stored;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Answers of the API as whole HTTP responses; see {@link ListStreams} for the others. */
final class Answers {
  private Answers() {}

  static Response response(
      ApiAnswer answer, Format format, Served served, InstantSource clock, ServerRequest request) {
    Format shown = isForeign(answer, served) ? format.asObject() : format;
    Rendering rendering = new Rendering(shown, served, clock, request);
    if (answer instanceof ApiAnswer.One one) {
      return one(one, rendering);
    }
    if (answer instanceof ApiAnswer.Success success) {
      return warned(status(success, format, request), rendering.warnings());
    }
    throw new IllegalStateException("neither lists nor watches are answered at once");
  }

  /** Whether the answer is of another kind than the resource, as a Scale or a TokenReview is. */
  private static boolean isForeign(ApiAnswer answer, Served served) {
    return answer instanceof ApiAnswer.One one
        && one.stored() == null
        && !one.object().tree().text("kind").equals(served.type().kind());
  }

  private static Response one(ApiAnswer.One one, Rendering rendering) {
    Stored stored = one.stored();
    byte[] body =
        stored != null && rendering.isVerbatim()
            ? Splice.json(stored)
            : rendering.encoded(rendering.shaped(one.object()));
    List<String> warnings = new ArrayList<>(rendering.warnings());
    warnings.addAll(one.warnings());
    return warned(of(one.created() ? 201 : 200, rendering, body), warnings);
  }

  private static Response warned(Response response, List<String> warnings) {
    Response warned = response;
    for (String warning : Warnings.headers(warnings)) {
      warned = warned.with("Warning", warning);
    }
    return warned;
  }

  private static Response status(ApiAnswer.Success success, Format format, ServerRequest request) {
    int code = success.created() ? 201 : 200;
    byte[] body = format.encoding().print(success.status(), Indentation.isWanted(request));
    return Response.of(code, contentType(format), body);
  }

  private static Response of(int code, Rendering rendering, byte[] body) {
    return Response.of(code, contentType(rendering.format()), body).with("Vary", "Accept");
  }

  /** The encoding alone: that it is a table, the body says itself, as upstream. */
  static String contentType(Format format) {
    return format.encoding().mediaType();
  }

  /** The headers of an answer that is sent bit by bit. */
  static Headers headers(Rendering rendering, String contentType, String vary) {
    Headers headers = Headers.of("Content-Type", contentType, "Vary", vary);
    for (String warning : Warnings.headers(rendering.warnings())) {
      headers = headers.plus("Warning", warning);
    }
    return headers;
  }
}
