document.querySelector('#pay').onclick = function () { charge('x', 2); };
