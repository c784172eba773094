package io.kuber.load.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedInputStream;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;
import org.apache.ratis.thirdparty.com.google.protobuf.WireFormat;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/**
 * etcd by its gRPC interface (api/etcdserverpb/rpc.proto), with the gRPC that the log brings along;
 * the few fields that the load needs are written by hand. A write is a plain put, which is cheaper
 * for etcd than the transaction with a comparison that an API server sends.
 */
final class EtcdStore implements StoreUnderLoad {
  private static final MethodDescriptor<byte[], byte[]> PUT = method("etcdserverpb.KV/Put");
  private static final MethodDescriptor<byte[], byte[]> RANGE = method("etcdserverpb.KV/Range");
  private static final MethodDescriptor<byte[], byte[]> STATUS =
      method("etcdserverpb.Maintenance/Status");

  /** PutRequest: key = 1, value = 2. RangeRequest: key = 1. */
  private static final int KEY = 1;

  private static final int VALUE = 2;

  /** StatusResponse: header = 1 (member_id = 2), leader = 4. */
  private static final int HEADER = 1;

  private static final int MEMBER = 2;
  private static final int LEADER = 4;

  private final ManagedChannel channel;

  EtcdStore(int port) {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().build();
  }

  @Override
  public CompletionStage<?> create(int key, byte[] value) {
    return put(key, value);
  }

  @Override
  public CompletionStage<?> update(int key, byte[] value) {
    return put(key, value);
  }

  private CompletionStage<byte[]> put(int number, byte[] value) {
    return call(
        PUT,
        message(
            out -> {
              out.writeByteArray(KEY, key(number));
              out.writeByteArray(VALUE, value);
            }));
  }

  @Override
  public CompletionStage<?> read(int number) {
    return call(RANGE, message(out -> out.writeByteArray(KEY, key(number))));
  }

  private static byte[] key(int number) {
    return ("/registry/pods/load-" + number % 97 + "/pod-" + number).getBytes(US_ASCII);
  }

  /** Whether the member that answers leads; false also as long as nobody does. */
  CompletionStage<Boolean> leads() {
    return call(STATUS, new byte[0])
        .thenApply(
            answer -> {
              long leader = field(answer, LEADER);
              return leader != 0 && leader == field(bytes(answer, HEADER), MEMBER);
            });
  }

  private static long field(byte[] message, int number) {
    try {
      CodedInputStream in = CodedInputStream.newInstance(message);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == (number << 3 | WireFormat.WIRETYPE_VARINT)) {
          return in.readUInt64();
        }
        in.skipField(tag);
      }
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(byte[] message, int number) {
    try {
      CodedInputStream in = CodedInputStream.newInstance(message);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == (number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
          return in.readByteArray();
        }
        in.skipField(tag);
      }
      return new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CompletableFuture<byte[]> call(MethodDescriptor<byte[], byte[]> method, byte[] request) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    ClientCalls.asyncUnaryCall(
        channel.newCall(method, CallOptions.DEFAULT),
        request,
        new StreamObserver<>() {
          @Override
          public void onNext(byte[] message) {
            answer.complete(message);
          }

          @Override
          public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
          }

          @Override
          public void onCompleted() {
            // A unary call has had its one message.
          }
        });
    return answer;
  }

  /** Writes the fields of a message. */
  @FunctionalInterface
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    MethodDescriptor.Marshaller<byte[]> asItIs = new AsItIs();
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(name)
        .setRequestMarshaller(asItIs)
        .setResponseMarshaller(asItIs)
        .build();
  }

  /** Messages are bytes already. */
  private static final class AsItIs implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try (stream) {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
