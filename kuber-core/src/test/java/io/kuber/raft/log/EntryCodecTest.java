package io.kuber.raft.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.store.Command;
import io.kuber.store.CommandCodec;
import io.kuber.store.Digest;
import io.kuber.store.Key;
import io.kuber.store.Sealing;
import io.kuber.store.Stored;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
  private static final Key WEB = new Key("pods", "default", "web");
  private static final OperationId ID = new OperationId(-7, 2_000);

  @Test
  void readsWhatItWrites() throws IOException {
    List<LogEntry> entries =
        List.of(
            new LogEntry.Commands(ID, 3, List.of()),
            new LogEntry.Compare(9, "kuber-a"),
            new LogEntry.Report(9, "kuber-b", 12, new Digest(1, -2)));
    for (LogEntry entry : entries) {
      assertThat(EntryCodec.decode(EntryCodec.encode(entry, 0))).isEqualTo(entry);
    }
    assertThat(EntryCodec.operation(ByteBuffer.wrap(EntryCodec.encode(entries.get(0), 0))))
        .contains(ID);
    assertThat(EntryCodec.operation(ByteBuffer.wrap(EntryCodec.encode(entries.get(1), 0))))
        .isEmpty();
  }

  @Test
  void readsCommandsOfSeveralObjects() throws IOException {
    Command.Put web = new Command.Put(WEB, 4, "{}".getBytes(UTF_8));
    Command.Put data =
        new Command.Put(new Key("secrets", "default", "data"), 0, "{\"a\":1}".getBytes(UTF_8));
    byte[] bytes =
        EntryCodec.encode(
            new LogEntry.Commands(ID, 3, List.of(new Command.Together(List.of(data, web)), web)),
            0);
    List<Command> read = ((LogEntry.Commands) EntryCodec.decode(bytes)).commands();
    assertThat(read).hasSize(2);
    assertThat(read.get(0).key()).isEqualTo(WEB);
    assertThat(read.get(0).expected()).isEqualTo(4);
    assertThat(((Command.Together) read.get(0)).puts())
        .extracting(put -> put.key().name() + " " + new String(put.value(), UTF_8))
        .containsExactly("data {\"a\":1}", "web {}");
    assertThat(read.get(1)).isInstanceOf(Command.Put.class);
  }

  @Test
  void refusesCommandsThatCannotBelongTogether() throws IOException {
    Command.Put web = new Command.Put(WEB, 4, "{}".getBytes(UTF_8));
    for (Command second : List.of(web, new Command.Delete(WEB, 4, "{}".getBytes(UTF_8)))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(5);
      out.writeShort(2);
      CommandCodec.write(web, Sealing.NONE, out);
      CommandCodec.write(second, Sealing.NONE, out);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      assertThatThrownBy(() -> CommandCodec.read(in, Sealing.NONE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged bytes");
    }
  }

  @Test
  void knowsABarrierFromEntriesThatChangeSomething() {
    List<Command> commands = List.of(new Command.Put(WEB, 4, "{}".getBytes(UTF_8)));
    assertThat(isBarrier(new LogEntry.Commands(ID, 3, List.of()))).isTrue();
    assertThat(isBarrier(new LogEntry.Commands(ID, 3, commands))).isFalse();
    assertThat(isBarrier(new LogEntry.Compare(0, ""))).isFalse();
    assertThat(isBarrier(new LogEntry.Report(0, "", 0, new Digest(0, 0)))).isFalse();
  }

  private static boolean isBarrier(LogEntry entry) {
    return EntryCodec.isBarrier(ByteBuffer.wrap(EntryCodec.encode(entry, 0)));
  }

  @Test
  void readsPiecesWithTheRevisionsOfTheirObjects() throws IOException {
    Stored stored = new Stored(WEB, 5, "{}".getBytes(UTF_8));
    var piece =
        (LogEntry.Piece)
            EntryCodec.decode(EntryCodec.encode(new LogEntry.Piece(true, 9, List.of(stored)), 0));
    assertThat(piece.first()).isTrue();
    assertThat(piece.revision()).isEqualTo(9);
    assertThat(piece.objects()).singleElement().extracting(Stored::revision).isEqualTo(5L);
  }

  @Test
  void readsTheLayoutFromBeforeThereWerePeers() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(1);
    out.writeLong(ID.session());
    out.writeLong(ID.number());
    out.writeInt(1);
    CommandCodec.write(new Command.Put(WEB, 4, "{}".getBytes(UTF_8)), Sealing.NONE, out);
    var entry = (LogEntry.Commands) EntryCodec.decode(bytes.toByteArray());
    assertThat(entry.id()).isEqualTo(ID);
    assertThat(entry.floor()).isEqualTo(ID.number() - Sessions.MAX_AHEAD);
    assertThat(entry.commands())
        .singleElement()
        .satisfies(command -> assertThat(command.key()).isEqualTo(WEB));
  }

  @Test
  void refusesALayoutThatItDoesNotKnow() {
    assertThatThrownBy(() -> EntryCodec.decode(new byte[] {77}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("layout 77")
        .hasMessageContaining("newer kuber");
  }
}
