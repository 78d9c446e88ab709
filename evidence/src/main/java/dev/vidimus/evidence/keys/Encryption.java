package dev.vidimus.evidence.keys;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/// PKCS#8 under a passphrase, by PBES2 of [RFC 8018](https://www.rfc-editor.org/rfc/rfc8018):
/// PBKDF2 with HMAC-SHA-256, AES-256 in CBC mode. OpenSSL reads and writes the same.
final class Encryption {
  private static final String ALGORITHM = "PBEWithHmacSHA256AndAES_256";
  private static final int ITERATIONS = 600_000;
  private static final int BLOCK = 16;

  private Encryption() {}

  static byte[] encrypt(byte[] pkcs8, char[] passphrase) {
    try {
      SecureRandom random = new SecureRandom();
      byte[] salt = new byte[BLOCK];
      byte[] start = new byte[BLOCK];
      random.nextBytes(salt);
      random.nextBytes(start);
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          key(ALGORITHM, passphrase),
          new PBEParameterSpec(salt, ITERATIONS, new IvParameterSpec(start)));
      // The file names the scheme, PBES2, and not the combination of its parts.
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
      parameters.init(cipher.getParameters().getEncoded());
      return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(pkcs8)).getEncoded();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java platform lacks " + ALGORITHM, e);
    }
  }

  static byte[] decrypt(byte[] der, char[] passphrase, String where) throws FormatException {
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
      // The parameters of PBES2 print as the name that stands for their whole combination.
      String algorithm = info.getAlgParameters().toString();
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, key(algorithm, passphrase), info.getAlgParameters());
      return cipher.doFinal(info.getEncryptedData());
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw new FormatException.Malformed(
          where, 0, "cannot be decrypted; another passphrase, or not encrypted by PBES2");
    }
  }

  private static SecretKey key(String algorithm, char[] passphrase)
      throws GeneralSecurityException {
    return SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(passphrase));
  }
}
