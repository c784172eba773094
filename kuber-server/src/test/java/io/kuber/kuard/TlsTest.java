package io.kuber.kuard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  /** Where the bare RSA key starts within the PKCS #8 form of a 2048 bit key. */
  private static final int RSA_KEY_OFFSET = 26;

  @Test
  void readsTheKeyInEitherFormatOfOpenssl(@TempDir Path dir) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    writeCertificate(dir, pair);
    byte[] pkcs8 = pair.getPrivate().getEncoded();
    write(dir.resolve("kuard.key"), "PRIVATE KEY", pkcs8);
    assertThat(Tls.in(dir).isThere()).isTrue();
    assertThat(Tls.in(dir).context().getProtocol()).isEqualTo("TLS");
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, RSA_KEY_OFFSET, pkcs8.length);
    write(dir.resolve("kuard.key"), "RSA PRIVATE KEY", pkcs1);
    assertThat(Tls.in(dir).context().getProtocol()).isEqualTo("TLS");
  }

  @Test
  void saysHowToConvertAKeyItCannotRead(@TempDir Path dir) throws Exception {
    writeCertificate(dir, KeyPairGenerator.getInstance("RSA").generateKeyPair());
    write(dir.resolve("kuard.key"), "EC PRIVATE KEY", new byte[8]);
    assertThatThrownBy(() -> Tls.in(dir).context()).hasMessageContaining("openssl pkcs8 -topk8");
  }

  private static void writeCertificate(Path dir, KeyPair pair) throws Exception {
    X500Principal name = new X500Principal("CN=kuard.example.com");
    Date from = Date.from(Instant.EPOCH);
    Date to = Date.from(Instant.ofEpochSecond(4_000_000_000L));
    var signer = new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate());
    byte[] der =
        new JcaX509v3CertificateBuilder(name, BigInteger.ONE, from, to, name, pair.getPublic())
            .build(signer)
            .getEncoded();
    write(dir.resolve("kuard.crt"), "CERTIFICATE", der);
  }

  private static void write(Path file, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }
}
