/**
 * What the linter looks at in the web app: correctness, and the sizes that the house keeps.
 *
 * Deliberately not here: layout (prettier) and types (vue-tsc).
 */
import eslint from '@eslint/js'
import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

export default typescript.config(
  { ignores: ['dist', 'dev-dist', 'src/shared/generated.ts'] },
  eslint.configs.recommended,
  ...typescript.configs.recommended,
  ...vue.configs['flat/essential'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: typescript.parser } } },
  {
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      // The compiler knows the globals of each scope better.
      'no-undef': 'off',
      // An underscore is what is taken out of the way.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_$', varsIgnorePattern: '^_$' }],
      // Views are named by one word where the word is plain.
      'vue/multi-word-component-names': 'off',
    },
  },
  { files: ['tests/**'], rules: { 'max-lines-per-function': 'off' } },
)
