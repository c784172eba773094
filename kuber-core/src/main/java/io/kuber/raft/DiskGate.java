package io.kuber.raft;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.server.protocol.RaftServerAsynchronousProtocol;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what would have to be written away from a server whose disk has no room for it. Ratis can
 * only fail for good when it cannot write; refused like this, the leader sends the same again a
 * little later, and the server catches up as soon as there is space.
 *
 * <p>The leader is heard all the same: the server gets its message without the entries, which is
 * what Raft lets a leader send too, and the answer is dropped, which is what a network may do. So
 * nobody asks for an election because of a disk.
 *
 * <p>Called on threads of gRPC, one at a time for each call.
 */
final class DiskGate implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(DiskGate.class);

  private final Space space;
  private final CompletableFuture<RaftServerAsynchronousProtocol> server =
      new CompletableFuture<>();

  DiskGate(Space space) {
    this.space = space;
  }

  /** The server behind the gate, which is made after it. */
  void guard(RaftServerAsynchronousProtocol that) {
    server.complete(that);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    RefusableCall<Q, A> refusable = new RefusableCall<>(call);
    return new SimpleForwardingServerCallListener<>(next.startCall(refusable, headers)) {
      @Override
      public void onMessage(Q message) {
        if (refusable.isRefused()) {
          return;
        }
        Optional<String> why = refusal(message);
        if (why.isEmpty()) {
          super.onMessage(message);
        } else {
          refusable.refuse(why.get());
          super.onCancel();
        }
      }

      @Override
      public void onHalfClose() {
        if (!refusable.isRefused()) {
          super.onHalfClose();
        }
      }

      @Override
      public void onCancel() {
        if (!refusable.isRefused()) {
          super.onCancel();
        }
      }

      @Override
      public void onComplete() {
        if (!refusable.isRefused()) {
          super.onComplete();
        }
      }
    };
  }

  private Optional<String> refusal(Object message) {
    if (message instanceof AppendEntriesRequestProto append && append.getEntriesCount() > 0) {
      Optional<String> why = space.refusalOfEntries();
      if (why.isPresent()) {
        hear(append);
      }
      return why;
    }
    return message instanceof InstallSnapshotRequestProto
        ? space.refusalOfEntries()
        : Optional.empty();
  }

  private void hear(AppendEntriesRequestProto append) {
    try {
      CompletionStage<?> heard =
          server.join().appendEntriesAsync(append.toBuilder().clearEntries().build());
      heard.whenComplete(
          (reply, failure) -> {
            if (failure != null) {
              LOG.debug("the leader was not heard", failure);
            }
          });
    } catch (IOException e) {
      LOG.debug("the leader was not heard", e);
    }
  }

  /** A call of which nothing more goes out once it was refused. */
  private static final class RefusableCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private boolean refused;

    RefusableCall(ServerCall<Q, A> call) {
      super(call);
    }

    synchronized boolean isRefused() {
      return refused;
    }

    synchronized void refuse(String why) {
      refused = true;
      super.close(Status.RESOURCE_EXHAUSTED.withDescription(why), new Metadata());
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (!refused) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void sendMessage(A message) {
      if (!refused) {
        super.sendMessage(message);
      }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (!refused) {
        super.close(status, trailers);
      }
    }
  }
}
