package io.kuber.server.trust;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * The key that signs the tokens of service accounts: RSA, which every client of tokens knows.
 *
 * @param secret signs
 * @param open checks, and is shown to whoever asks
 * @param id tells keys apart: the hash of the open one, as upstream makes it
 *     (pkg/serviceaccount/jwt.go)
 */
public record SigningKey(PrivateKey secret, RSAPublicKey open, String id) {
  private static final int BITS = 2048;
  private static final String FILE = "sa.key";

  /** A new key, kept nowhere. */
  public static SigningKey create() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS, new SecureRandom());
      KeyPair pair = generator.generateKeyPair();
      return of(pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM makes no RSA keys", e);
    }
  }

  /**
   * Reads the key of a directory, or makes it.
   *
   * @throws IOException when the file cannot be read, written or understood; the message names it
   */
  public static SigningKey open(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      Files.createDirectories(directory);
      SigningKey made = create();
      PkiDirectory.writePrivate(file, Pem.of(made.secret()));
      return made;
    }
    try {
      return of(Pem.key(Files.readString(file)));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException(
          "cannot read the key in " + file + ": " + e.getMessage() + "; remove it for a new one",
          e);
    }
  }

  private static SigningKey of(PrivateKey secret) throws GeneralSecurityException {
    if (!(secret instanceof RSAPrivateCrtKey rsa)) {
      throw new GeneralSecurityException("it is no RSA key");
    }
    RSAPublicKey open =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(open.getEncoded());
    return new SigningKey(secret, open, base64(hash));
  }

  /** The open key as a JSON Web Key Set (RFC 7517), for whoever checks tokens without asking. */
  public Tree keySet() {
    return Tree.of(
        "keys",
        Items.of(
            Tree.of(
                "use",
                "sig",
                "kty",
                "RSA",
                "kid",
                id,
                "alg",
                Jwt.ALGORITHM,
                "n",
                base64(unsigned(open.getModulus().toByteArray())),
                "e",
                base64(unsigned(open.getPublicExponent().toByteArray())))));
  }

  /** A positive number without the byte that is there for its sign. */
  private static byte[] unsigned(byte[] number) {
    return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
