package io.kuber.testkit.fabric8;

import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.ByteArrayBodyContent;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.InputStreamBodyContent;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.StringBodyContent;
import io.kuber.http.Headers;
import io.kuber.http.HttpLimits;
import io.kuber.http.Peer;
import io.kuber.http.Protocol;
import io.kuber.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** fabric8's requests as kuber's. */
final class Requests {
  private static final byte[] NO_BODY = {};

  private Requests() {}

  /** A request with its body; one that is larger than the server takes is read no further. */
  static Request plain(StandardHttpRequest request, Peer client) throws IOException {
    return of(request, headers(request), body(request.body()), client);
  }

  /** A request to go on as a WebSocket. */
  static Request upgrade(StandardHttpRequest request, @Nullable String subprotocol, Peer client) {
    Headers headers = headers(request).plus("Connection", "Upgrade").plus("Upgrade", "websocket");
    return of(
        request,
        subprotocol == null ? headers : headers.plus("Sec-WebSocket-Protocol", subprotocol),
        NO_BODY,
        client);
  }

  private static Request of(
      StandardHttpRequest request, Headers headers, byte[] body, Peer client) {
    URI uri = request.uri();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new Request(
        request.method(), uri.getRawPath() + query, headers, body, Protocol.HTTP_1_1, client);
  }

  private static Headers headers(StandardHttpRequest request) {
    Headers headers = Headers.EMPTY;
    for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
      for (String value : header.getValue()) {
        headers = headers.plus(header.getKey(), value);
      }
    }
    String contentType = request.getContentType();
    return contentType == null || headers.has("Content-Type")
        ? headers
        : headers.plus("Content-Type", contentType);
  }

  private static byte[] body(StandardHttpRequest.@Nullable BodyContent body) throws IOException {
    if (body instanceof ByteArrayBodyContent bytes) {
      return bytes.getContent();
    }
    if (body instanceof StringBodyContent text) {
      return text.getContent().getBytes(StandardCharsets.UTF_8);
    }
    if (body instanceof InputStreamBodyContent stream) {
      try (InputStream content = stream.getContent()) {
        return content.readNBytes(HttpLimits.BODY_BYTES + 1);
      }
    }
    return NO_BODY;
  }
}
