package io.kuber.testkit.fabric8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.kuber.http.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The head of an answer, as fabric8 reads it. */
final class Answer extends StandardHttpHeaders implements HttpResponse<AsyncBody> {
  private final HttpRequest request;
  private final int status;
  private final AsyncBody body;

  Answer(HttpRequest request, int status, Headers headers, AsyncBody body) {
    super(map(headers));
    this.request = request;
    this.status = status;
    this.body = body;
  }

  /** Headers as fabric8 keeps them. */
  static Map<String, List<String>> map(Headers headers) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> map.computeIfAbsent(name, first -> new ArrayList<>()).add(value));
    return map;
  }

  @Override
  public int code() {
    return status;
  }

  @Override
  public AsyncBody body() {
    return body;
  }

  @Override
  public HttpRequest request() {
    return request;
  }

  @Override
  public Optional<HttpResponse<?>> previousResponse() {
    return Optional.empty();
  }
}
