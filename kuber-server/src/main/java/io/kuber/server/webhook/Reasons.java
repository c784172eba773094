package io.kuber.server.webhook;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Tree;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Why a webhook did not answer, in the words that clients of Kubernetes know. */
public final class Reasons {
  /** What is repeated of an answer that is no object. */
  private static final int MAX_BODY = 1024;

  private Reasons() {}

  /** Of a connection that failed. */
  public static String of(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof UnknownHostException) {
      return "dial tcp: lookup " + message + ": no such host";
    }
    if (failure instanceof ConnectException) {
      return "dial tcp: connect: connection refused";
    }
    if (failure instanceof SSLHandshakeException) {
      return certificate(failure);
    }
    return message;
  }

  private static String certificate(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("PKIX path")) {
      return "x509: certificate signed by unknown authority";
    }
    return cause(failure) instanceof CertificateException named
        ? "x509: " + named.getMessage()
        : message;
  }

  private static @Nullable Throwable cause(Throwable failure) {
    return failure.getCause();
  }

  /** Of an answer that is not a success. */
  static String of(int status, String body) {
    String said = message(body);
    if (!said.isEmpty()) {
      return said;
    }
    return switch (status) {
      case 401 -> "the server has asked for the client to provide credentials";
      case 403 -> "unknown";
      case 404 -> "the server could not find the requested resource";
      case 405 -> "the server does not allow this method on the requested resource";
      case 503 -> "the server is currently unable to handle the request";
      case 504 ->
          "the server was unable to return a response in the time allotted, but may still"
              + " be processing the request";
      default ->
          status >= 500
              ? "an error on the server (\"%s\") has prevented the request from succeeding"
                  .formatted(shortened(body))
              : "the server responded with the status code %d but did not return more information"
                  .formatted(status);
    };
  }

  /** The message of a Status; empty where the body is none. */
  private static String message(String body) {
    try {
      Tree status = Json.parse(body.getBytes(StandardCharsets.UTF_8));
      return status.text("kind").equals("Status") ? status.text("message") : "";
    } catch (MalformedException none) {
      return "";
    }
  }

  private static String shortened(String body) {
    String line = body.strip();
    return line.isEmpty() ? "unknown" : line.substring(0, Math.min(MAX_BODY, line.length()));
  }
}
