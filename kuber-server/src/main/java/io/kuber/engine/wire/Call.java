package io.kuber.engine.wire;

import io.kuber.engine.EngineException;
import io.kuber.http.Duplex;
import io.kuber.http.Headers;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.http.StreamExchange;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A call of the Engine API and its answer, which is given once. It belongs to the thread that
 * answers it; the streams may be handed to others.
 */
public final class Call {
  /** The largest body that is read as JSON. */
  static final int JSON_BYTES = 4 << 20;

  private static final String JSON = "application/json";
  private static final String RAW = "application/vnd.docker.raw-stream";

  private final StreamExchange exchange;
  private final Map<String, String> parameters;

  Call(StreamExchange exchange, Map<String, String> parameters) {
    this.exchange = exchange;
    this.parameters = parameters;
  }

  /** The request without its body. */
  public Request request() {
    return exchange.request();
  }

  /** A parameter of the path. */
  public String path(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path has no parameter " + name);
    }
    return value;
  }

  /** A parameter of the query; empty where it is not there, and where it says nothing. */
  public Optional<String> query(String name) {
    return request().query().first(name).filter(value -> !value.isEmpty());
  }

  /** All values of a parameter of the query, in order. */
  public List<String> queries(String name) {
    return request().query().all(name);
  }

  /**
   * Whether a parameter of the query is there and says neither {@code 0}, {@code no}, {@code
   * false}, {@code none} nor nothing, in whatever case (moby, api/server/httputils/form.go).
   */
  public boolean isTrue(String name) {
    return isTrue(name, false);
  }

  /** The same, for a parameter with another meaning when it is not there. */
  public boolean isTrue(String name, boolean otherwise) {
    return request()
        .query()
        .first(name)
        .map(value -> !value.strip().toLowerCase(Locale.ROOT).matches("|0|no|false|none"))
        .orElse(otherwise);
  }

  /**
   * An integer of the query.
   *
   * @throws EngineException 400 when it is none
   */
  public long number(String name, long otherwise) {
    Optional<String> value = query(name);
    try {
      return value.isEmpty() ? otherwise : Long.parseLong(value.get());
    } catch (NumberFormatException e) {
      throw new EngineException(
          400, "invalid value for " + name + ": \"" + value.get() + "\" is no integer", e);
    }
  }

  /**
   * What {@code filters} in the query asks for.
   *
   * @throws EngineException 400 when it is malformed
   */
  public Filters filters() {
    return query("filters").map(Filters::parse).orElse(Filters.NONE);
  }

  /** A header of the request. */
  public Optional<String> header(String name) {
    return request().headers().first(name);
  }

  /**
   * The body, which has to be a JSON object; the empty one where there is no body.
   *
   * @throws EngineException 400 when it is none, or larger than 4 MiB
   */
  public Tree body() throws IOException {
    byte[] bytes = exchange.body().readNBytes(JSON_BYTES + 1);
    if (bytes.length > JSON_BYTES) {
      throw EngineException.malformed("the request body is larger than " + JSON_BYTES + " bytes");
    }
    try {
      boolean isNothing = new String(bytes, StandardCharsets.UTF_8).isBlank();
      Object value = isNothing ? Tree.EMPTY : Json.parseValue(bytes);
      if (value instanceof Tree tree) {
        return tree;
      }
      if (value == Nil.NIL) {
        return Tree.EMPTY;
      }
      throw EngineException.malformed("the request body is no JSON object");
    } catch (MalformedException e) {
      throw new EngineException(400, String.valueOf(e.getMessage()), e);
    }
  }

  /** The body as the client sends it, of any size. */
  public InputStream stream() {
    return exchange.body();
  }

  /** Answers with a JSON value. */
  public void json(int status, Object value) throws IOException {
    exchange.respond(Response.of(status, JSON, Json.print(value)).orElse(Routes.ALWAYS));
  }

  /** Answers 200 with a JSON value. */
  public void json(Object value) throws IOException {
    json(200, value);
  }

  /** Answers without a body, such as 204 or 304. */
  public void empty(int status) throws IOException {
    exchange.respond(Response.empty(status).orElse(Routes.ALWAYS));
  }

  /** Answers 204: it is done, and there is nothing to say. */
  public void done() throws IOException {
    empty(204);
  }

  /** Answers with whatever. */
  public void respond(Response response) throws IOException {
    exchange.respond(response.orElse(Routes.ALWAYS));
  }

  /**
   * Answers 200 bit by bit; every write goes out at once, and none is held in memory.
   *
   * @param contentType such as {@code application/x-tar}
   * @return which any thread may write to; closing it completes the answer, and ending without
   *     closing cuts it off
   */
  public OutputStream answerStream(String contentType) throws IOException {
    return answerStream(contentType, Headers.EMPTY);
  }

  /** The same with further headers. */
  public OutputStream answerStream(String contentType, Headers more) throws IOException {
    Headers type = more.plus("Content-Type", contentType);
    return exchange.stream(200, type.orElse(Routes.ALWAYS));
  }

  /** Answers 200 with JSON objects, one a line, as their news comes. */
  public ProgressLines progress() throws IOException {
    return new ProgressLines(answerStream(JSON));
  }

  /**
   * Goes on with a stream in both directions, as attach and exec do; the body must have been read.
   * The connection ends when the endpoint returns.
   */
  public Duplex hijack() throws IOException {
    return exchange.hijack(Headers.of("Content-Type", RAW).orElse(Routes.ALWAYS));
  }

  /**
   * Runs {@code action} on a thread of its own once the client is gone, unless the call is over
   * before. The body must have been read; to be said before the answer, and not with {@link
   * #hijack}.
   */
  public void onGone(Runnable action) {
    exchange.onGone(action);
  }
}
