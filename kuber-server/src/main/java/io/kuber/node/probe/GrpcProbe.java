package io.kuber.node.probe;

import io.kuber.object.Tree;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Asks by one call of grpc.health.v1.Health/Check (pkg/probe/grpc). As much HTTP/2 as that takes: a
 * request on stream 1, whose first message is the answer.
 */
final class GrpcProbe {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int ACKNOWLEDGED = 1;
  private static final int END_OF_STREAM = 1;
  private static final int END_OF_HEADERS = 4;

  /** What a server may send before it answers. */
  private static final int MOST_FRAMES = 64;

  private static final int LONGEST_FRAME = 1 << 16;
  private static final int SERVING = 1;
  private static final List<String> STATUSES =
      List.of("UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN");

  private GrpcProbe() {}

  static ProbeResult ask(Tree grpc, Target target, Duration timeout) throws IOException {
    String host = target.podIp();
    int port = target.port(grpc);
    try (Connection connection = Connection.open(host, port, timeout)) {
      try {
        DataOutputStream out = new DataOutputStream(connection.socket().getOutputStream());
        out.write(request(grpc.text("service"), Connection.authority(host, port)));
        return answer(new DataInputStream(connection.socket().getInputStream()), out);
      } catch (IOException e) {
        if (connection.isLate()) {
          return ProbeResult.failure(
              "timeout: health rpc did not complete within " + timeout.toSeconds() + "s");
        }
        throw e;
      }
    }
  }

  private static byte[] request(String service, String authority) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
    frame(out, SETTINGS, 0, 0, new byte[0]);
    frame(out, HEADERS, END_OF_HEADERS, 1, headers(authority));
    frame(out, DATA, END_OF_STREAM, 1, message(service));
    return bytes.toByteArray();
  }

  /** Every header as a literal without indexing: no table to keep (RFC 7541, 6.2.2). */
  private static byte[] headers(String authority) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    String[] headers = {
      ":method", "POST",
      ":scheme", "http",
      ":path", "/grpc.health.v1.Health/Check",
      ":authority", authority,
      "content-type", "application/grpc",
      "user-agent", "kube-probe/1.36",
      "te", "trailers"
    };
    for (int i = 0; i < headers.length; i += 2) {
      block.write(0);
      for (String text : List.of(headers[i], headers[i + 1])) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        block.write(bytes.length);
        block.write(bytes);
      }
    }
    return block.toByteArray();
  }

  /** HealthCheckRequest: field 1 is the service. */
  private static byte[] message(String service) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] name = service.getBytes(StandardCharsets.UTF_8);
    if (name.length > 0) {
      body.write(1 << 3 | 2);
      int length = name.length;
      while (length > 0x7f) {
        body.write(length & 0x7f | 0x80);
        length >>>= 7;
      }
      body.write(length);
      body.write(name);
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(message);
    out.writeByte(0);
    out.writeInt(body.size());
    out.write(body.toByteArray());
    return message.toByteArray();
  }

  private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    out.writeByte(payload.length >>> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  private static ProbeResult answer(DataInputStream in, DataOutputStream out) throws IOException {
    for (int i = 0; i < MOST_FRAMES; i++) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      in.readInt();
      if (length > LONGEST_FRAME) {
        return failed("a frame of " + length + " bytes");
      }
      byte[] payload = in.readNBytes(length);
      if (type == DATA && payload.length > 0) {
        return judge(payload);
      }
      if ((flags & ACKNOWLEDGED) == 0 && (type == SETTINGS || type == PING)) {
        frame(out, type, ACKNOWLEDGED, 0, type == PING ? payload : new byte[0]);
      } else if (type == RESET || type == GO_AWAY) {
        return failed("the server ended the call");
      } else if (type == HEADERS && (flags & END_OF_STREAM) != 0) {
        return failed("the server refused the call");
      }
    }
    return failed("no answer in " + MOST_FRAMES + " frames");
  }

  /** HealthCheckResponse: field 1 is the status, left out when it is 0. */
  private static ProbeResult judge(byte[] message) {
    int fieldAt = 5;
    int status =
        message.length > fieldAt + 1 && message[fieldAt] == 1 << 3 ? message[fieldAt + 1] : 0;
    if (status == SERVING) {
      return ProbeResult.SUCCESS;
    }
    String name =
        status >= 0 && status < STATUSES.size() ? STATUSES.get(status) : Integer.toString(status);
    return ProbeResult.failure("service unhealthy (responded with \"" + name + "\")");
  }

  private static ProbeResult failed(String why) {
    return ProbeResult.failure("error: health rpc probe failed: " + why);
  }
}
