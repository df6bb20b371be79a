; inherits: ecma, jsx

(html_comment) @comment
