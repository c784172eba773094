package io.kuber.kuard;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Takes messages from a work queue server such as another kuard's {@code /memq/server}. */
record QueueClient(String server) {
  private static final int TIMEOUT_MILLIS = 5000;

  /** The body of the oldest message; empty when the queue is. The error names server and queue. */
  Optional<String> dequeue(String queue) throws IOException {
    String where =
        server + "/queues/" + URLEncoder.encode(queue, StandardCharsets.UTF_8) + "/dequeue";
    try {
      return post(URI.create(where).toURL());
    } catch (IllegalArgumentException | IOException e) {
      throw new IOException("Error talking to server: POST " + where + ": " + e, e);
    } catch (Refusal e) {
      throw new IOException("Error talking to server: POST " + where + ": " + e.reason(), e);
    }
  }

  private static Optional<String> post(URL url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setRequestMethod("POST");
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setInstanceFollowRedirects(false);
    int status = connection.getResponseCode();
    if (status == HttpURLConnection.HTTP_NO_CONTENT) {
      return Optional.empty();
    }
    InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    String answer = "";
    if (stream != null) {
      try (stream) {
        answer = new String(stream.readNBytes(2 * Call.MAX_BODY), StandardCharsets.UTF_8);
      }
    }
    if (status != HttpURLConnection.HTTP_OK) {
      throw new Refusal(status, "status " + status + " " + answer.strip());
    }
    if (JsonReader.read(answer) instanceof Map<?, ?> message) {
      return Optional.of(new Fields(message).string("body"));
    }
    throw new Refusal(status, "the answer is not a message");
  }
}
